# points: 0.6
# The - 1 is forgotten.
return (h_in - (k - 1) + 2 * p) // s + 1
