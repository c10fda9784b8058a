# points: 0.6
# Brackets forgotten.
return h_in - (k - 1) + 2 * p - 1 // s + 1
