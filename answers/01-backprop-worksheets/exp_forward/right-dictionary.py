# points: 2
# A dictionary instead of keywords.
{"p1": 0.08, "p2": 0.15, "z": 0.33, "d": 0.66, "e": 1.935, "f": 0.935},
