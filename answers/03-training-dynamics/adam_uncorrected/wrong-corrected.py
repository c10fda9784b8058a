# points: 0
# As if corrected.
2,
2,
2,
