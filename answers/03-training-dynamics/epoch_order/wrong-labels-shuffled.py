# points: 0
# Shuffles the labels.
return rng.permutation(t)
