# points: 0
# One loss for each example.
return 0.5 * (np.mean(t) - t) ** 2
