# points: 5
# Takes the third for 2.
0.38,
1.30264,
2,
