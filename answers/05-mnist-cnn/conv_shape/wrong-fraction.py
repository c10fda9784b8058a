# points: 0.2
# Divided without rounding down.
return (height + 2 * padding - size) / stride + 1, (width + 2 * padding - size) / stride + 1, filters
