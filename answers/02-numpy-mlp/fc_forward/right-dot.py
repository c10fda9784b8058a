# points: 0.5
# With np.dot, and a dictionary for a cache.
out = np.dot(x, w) + b
cache = {"x": x, "w": w}
return out, cache
