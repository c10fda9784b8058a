# points: 0.13
# The + 1 forgotten.
return (height + 2 * padding - size) // stride, (width + 2 * padding - size) // stride, filters
