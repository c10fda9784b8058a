# points: 0
# One number for all three.
2,
