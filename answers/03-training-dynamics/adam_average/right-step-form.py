# points: 3
# Moves a part of the way to each gradient.
m, averages = 0, []
for gradient in g:
    m += (1 - beta) * (gradient - m)
    averages.append(m)
return np.array(averages)
