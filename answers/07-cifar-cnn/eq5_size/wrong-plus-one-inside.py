# points: 0.6
# The + 1 stands in the numerator.
return (h_in - (k - 1) + 2 * p - 1 + 1) // s
