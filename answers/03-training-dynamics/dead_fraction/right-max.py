# points: 0.25
# The largest sum decides.
return np.mean(Z.max(axis=0) <= 0)
