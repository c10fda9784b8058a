# points: 6
# Decimals.
0.38,
1.30264,
1.99995,
