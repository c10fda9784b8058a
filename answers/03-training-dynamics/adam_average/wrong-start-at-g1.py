# points: 1.63
# Starts at the first gradient.
m, averages = g[0], [g[0]]
for gradient in g[1:]:
    m = beta * m + (1 - beta) * gradient
    averages.append(m)
return np.array(averages)
