# points: 0.6
# k in the place of k - 1.
return (h_in - k + 2 * p - 1) // s + 1
