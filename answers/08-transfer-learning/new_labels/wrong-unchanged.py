# points: 0.3
# The labels as they were.
return labels.clone()
