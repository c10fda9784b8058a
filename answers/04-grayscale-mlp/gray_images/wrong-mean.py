# points: 1.38
# The plain mean of the three colours.
return images.mean(dim=1, keepdim=True)
