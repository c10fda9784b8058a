# points: 0.75
# Not rounded down.
return (h_in - (k - 1) + 2 * p - 1) / s + 1
