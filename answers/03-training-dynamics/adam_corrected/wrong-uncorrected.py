# points: 0
# Without the correction.
2 * (1 - 0.9**2),
2 * (1 - 0.9**10),
2 * (1 - 0.9**100),
