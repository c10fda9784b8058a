# points: 0
# A single random index.
return rng.integers(len(t))
