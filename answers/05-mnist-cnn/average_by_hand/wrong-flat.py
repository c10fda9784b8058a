# points: 0
# Four numbers in a row instead of two rows of two.
[1, 0.5, 0.5, 0.25],
[0.5, 1, 0.25, 0.5],
[0.25, 0.5, 0.5, 1],
[0.5, 0.25, 1, 0.5],
