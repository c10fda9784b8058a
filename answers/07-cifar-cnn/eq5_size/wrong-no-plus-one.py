# points: 0.6
# The last + 1 lost.
return (h_in - (k - 1) + 2 * p - 1) // s
