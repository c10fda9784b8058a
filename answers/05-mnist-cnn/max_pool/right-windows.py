# points: 0.4
# Without loops.
windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
return windows[::stride, ::stride].max(axis=(-2, -1))
