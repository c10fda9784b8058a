# points: 0.25
# Compares each unit with those before it.
found = []
for j in range(len(b)):
    unit = np.append(W[:, j], b[j])
    if not any(np.allclose(unit, other, rtol=0, atol=1e-8) for other in found):
        found.append(unit)
return len(found)
