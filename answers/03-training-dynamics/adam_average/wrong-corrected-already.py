# points: 1.9
# With the correction.
m, averages = 0.0, []
for t, gradient in enumerate(g, start=1):
    m = beta * m + (1 - beta) * gradient
    averages.append(m / (1 - beta**t))
return np.array(averages)
