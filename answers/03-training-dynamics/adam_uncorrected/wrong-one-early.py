# points: 2.6
# With t − 1, which is near enough for the last one.
2 * (1 - 0.9),
2 * (1 - 0.9**9),
2 * (1 - 0.9**99),
