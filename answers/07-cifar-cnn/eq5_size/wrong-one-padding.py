# points: 0.6
# Padding on one side only.
return (h_in - (k - 1) + p - 1) // s + 1
