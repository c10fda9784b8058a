# points: 0.13
# Judges the mean over the examples.
return np.mean(Z.mean(axis=0) <= 0)
