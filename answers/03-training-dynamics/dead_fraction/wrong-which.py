# points: 0
# Which units, not which fraction.
return np.all(Z <= 0, axis=0)
