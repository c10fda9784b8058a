# points: 0.13
# 0 for some example.
return np.mean(np.any(Z <= 0, axis=0))
