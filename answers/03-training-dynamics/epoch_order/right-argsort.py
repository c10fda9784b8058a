# points: 0.25
# Sorted by random keys.
return np.argsort(rng.random(t.size))
