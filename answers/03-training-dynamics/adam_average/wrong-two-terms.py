# points: 0.8
# Averages two neighbours.
m = np.zeros(len(g))
for t in range(len(g)):
    m[t] = beta * (g[t - 1] if t > 0 else 0) + (1 - beta) * g[t]
return m
