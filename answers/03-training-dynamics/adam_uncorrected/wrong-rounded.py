# points: 4
# Two decimals: not enough for the last two.
0.38,
1.30,
2.00,
