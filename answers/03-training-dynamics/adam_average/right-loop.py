# points: 3
# The recurrence.
m = np.zeros(len(g))
previous = 0.0
for t in range(len(g)):
    m[t] = beta * previous + (1 - beta) * g[t]
    previous = m[t]
return m
