# points: 1.33
# Thinks that it only gets there in the end.
0.38,
1.30264,
2,
