# points: 0.25
# A permutation.
return rng.permutation(len(t))
