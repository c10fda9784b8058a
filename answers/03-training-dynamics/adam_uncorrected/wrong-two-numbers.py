# points: 0
# One is missing.
0.38,
1.30264,
