# points: 0
# Divides G by the factor.
2 / (1 - 0.9**2),
2 / (1 - 0.9**10),
2 / (1 - 0.9**100),
