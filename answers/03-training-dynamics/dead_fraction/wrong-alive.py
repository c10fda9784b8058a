# points: 0.17
# The fraction that is alive.
return np.mean(np.any(Z > 0, axis=0))
