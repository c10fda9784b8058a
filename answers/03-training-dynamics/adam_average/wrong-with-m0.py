# points: 2.18
# m₀ stands in front, and the last is left in.
averages = [0.0]
for gradient in g:
    averages.append(beta * averages[-1] + (1 - beta) * gradient)
return np.array(averages)
