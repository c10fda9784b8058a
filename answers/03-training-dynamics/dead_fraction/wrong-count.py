# points: 0.17
# How many, not which fraction.
return np.sum(np.all(Z <= 0, axis=0))
