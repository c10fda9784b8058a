# points: 0
# Random indices, some twice.
return rng.integers(0, len(t), len(t))
