# points: 1.63
# The loop starts at the second entry, so that the first gradient never comes in.
m = np.zeros_like(g)
for t in range(1, len(g)):
    m[t] = beta * m[t - 1] + (1 - beta) * g[t]
return m
