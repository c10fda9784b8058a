# points: 6
# Six decimals.
0.380000,
1.302643,
1.999947,
