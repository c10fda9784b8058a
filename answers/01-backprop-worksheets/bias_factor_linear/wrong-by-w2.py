# points: 0
# The derivative with respect to the weights: the input.
return h
