# points: 0
# 0.9 instead of beta.
m, averages = 0.0, []
for gradient in g:
    m = 0.9 * m + 0.1 * gradient
    averages.append(m)
return np.array(averages)
