# points: 0.13
# Examples instead of units.
return np.mean(np.all(Z <= 0, axis=1))
