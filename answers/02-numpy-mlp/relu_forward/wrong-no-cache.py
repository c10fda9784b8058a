# points: 0
# Without a cache.
return np.maximum(0, x)
