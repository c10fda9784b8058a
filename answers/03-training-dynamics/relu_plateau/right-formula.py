# points: 0.25
# The mean square minus the square of the mean.
return 0.5 * (np.mean(t**2) - np.mean(t) ** 2)
