# points: 0.17
# Divided by the number of examples.
return np.sum(np.all(Z <= 0, axis=0)) / len(Z)
