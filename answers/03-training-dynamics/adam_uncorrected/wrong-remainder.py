# points: 2.4
# What is still missing of G.
2 * 0.9**2,
2 * 0.9**10,
2 * 0.9**100,
