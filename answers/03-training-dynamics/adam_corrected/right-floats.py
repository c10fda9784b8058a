# points: 4
# As floats.
2.0,
2.00000,
1.9999999,
