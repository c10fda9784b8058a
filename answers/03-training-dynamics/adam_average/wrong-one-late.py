# points: 1.9
# Noted before the gradient comes in.
m, averages = 0.0, []
for gradient in g:
    averages.append(m)
    m = beta * m + (1 - beta) * gradient
return np.array(averages)
