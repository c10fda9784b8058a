# points: 0
# One row too much round the order.
return rng.permutation(len(t))[None, :]
