# points: 0.15
# Channels first, as PyTorch has them.
return filters, (height + 2 * padding - size) // stride + 1, (width + 2 * padding - size) // stride + 1
