# points: 0
# Counts from 1.
return rng.permutation(np.arange(1, len(t) + 1))
