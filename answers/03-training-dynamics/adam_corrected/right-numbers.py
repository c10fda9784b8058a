# points: 4
# G, three times.
2,
2,
2,
