# points: 0
# A permutation of 1 to N: the last index is beyond the end.
return rng.permutation(len(t)) + 1
