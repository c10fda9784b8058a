# points: 0.2
# The padding counted once.
return (height + padding - size) // stride + 1, (width + padding - size) // stride + 1, filters
