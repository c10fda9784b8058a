# points: 1.5
# Lists in the place of arrays.
x = images / 255
return [x[..., c].mean() for c in range(3)], [x[..., c].std() for c in range(3)]
