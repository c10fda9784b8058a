# points: 0
# The first entry is left open; the others are right.
out = np.full(len(m), np.nan)
for t in range(2, len(m) + 1):
    out[t - 1] = m[t - 1] / (1 - beta**t)
return out
