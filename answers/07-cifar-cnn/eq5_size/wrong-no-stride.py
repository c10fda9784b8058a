# points: 0.45
# The stride lost.
return h_in - (k - 1) + 2 * p
