# points: 0.9
# A list in the place of a tensor.
return [list(classes).index(label) for label in labels.tolist()]
