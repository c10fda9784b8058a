# points: 1.63
# β and 1 − β swapped.
m, averages = 0.0, []
for gradient in g:
    m = (1 - beta) * m + beta * gradient
    averages.append(m)
return np.array(averages)
