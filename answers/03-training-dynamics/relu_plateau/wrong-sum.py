# points: 0.15
# The sum instead of the mean.
return 0.5 * np.sum((np.mean(t) - t) ** 2)
