# points: 0.15
# Written once, for it is always the same.
[[1, 1], [1, 1]],
