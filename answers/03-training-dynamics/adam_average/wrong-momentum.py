# points: 1.63
# Momentum: the factor 1 − β is missing.
m, averages = 0.0, []
for gradient in g:
    m = beta * m + gradient
    averages.append(m)
return np.array(averages)
