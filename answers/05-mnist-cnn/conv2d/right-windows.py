# points: 0.25
# Without loops.
size = filters.shape[1]
image = np.pad(image, ((padding,) * 2, (padding,) * 2, (0, 0)))
windows = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))
return np.einsum("ijcuv,fuvc->ijf", windows[::stride, ::stride], filters) + bias
