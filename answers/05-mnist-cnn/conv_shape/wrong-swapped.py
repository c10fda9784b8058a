# points: 0.2
# Height and width exchanged.
return (width + 2 * padding - size) // stride + 1, (height + 2 * padding - size) // stride + 1, filters
