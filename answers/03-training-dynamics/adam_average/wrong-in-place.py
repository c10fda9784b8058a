# points: 2.75
# Right numbers, written over g.
m = 0.0
for t in range(len(g)):
    m = beta * m + (1 - beta) * g[t]
    g[t] = m
return g
