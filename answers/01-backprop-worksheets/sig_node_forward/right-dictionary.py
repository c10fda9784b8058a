# points: 0.25
# A dictionary, f as a few nines.
{"p0": 5, "p1": 24, "z": 27, "f": 0.9999},
