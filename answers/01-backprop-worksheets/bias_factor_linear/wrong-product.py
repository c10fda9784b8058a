# points: 0
# The product with h.
return W2 @ h
