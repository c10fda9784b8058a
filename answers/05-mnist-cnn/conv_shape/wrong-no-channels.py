# points: 0.13
# Height and width alone.
return (height + 2 * padding - size) // stride + 1, (width + 2 * padding - size) // stride + 1
