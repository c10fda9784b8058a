# points: 0
# Nothing is returned.
corrected = m / (1 - beta ** np.arange(1, len(m) + 1))
