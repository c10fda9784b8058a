# points: 1
# One dictionary; rounded to two digits after the point; f as nines.
{"p0": 5, "p1": 24, "z": 27, "n": -27, "e": 1.88e-12, "d": 1.00, "f": 0.9999999},
