# points: 1.5
# Padding first.
return (h_in + 2 * p - k) // s + 1
