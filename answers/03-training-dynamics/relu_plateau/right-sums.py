# points: 0.25
# Plain Python.
c = sum(t) / len(t)
total = 0
for label in t:
    total += 0.5 * (c - label) ** 2
return total / len(t)
