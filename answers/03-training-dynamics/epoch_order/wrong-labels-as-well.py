# points: 0
# The order and the labels in it.
order = rng.permutation(len(t))
return order, t[order]
