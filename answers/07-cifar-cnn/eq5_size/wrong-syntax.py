# points: 0
# A bracket too few.
return (h_in - (k - 1 + 2 * p - 1) // s + 1
