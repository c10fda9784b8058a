# points: 1.9
# The loop starts at the second entry, and takes its index for t.
out = m.copy()
for t in range(1, len(m)):
    out[t] = m[t] / (1 - beta**t)
return out
