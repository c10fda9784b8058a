# points: 0.25
# A set of tuples.
units = set()
for j in range(W.shape[1]):
    column = tuple(round(float(w), 8) + 0.0 for w in W[:, j])
    units.add((column, round(float(b[j]), 8) + 0.0))
return len(units)
