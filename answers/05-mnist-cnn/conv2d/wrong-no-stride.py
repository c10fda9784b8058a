# points: 0.2
# The patch does not move with the stride.
F, K = filters.shape[:2]
H, W, F = conv_shape(image.shape[0], image.shape[1], K, F, padding, stride)
x = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
y = np.zeros((H, W, F))
for i in range(H):
    for j in range(W):
        for f in range(F):
            patch = x[i:i + K, j:j + K]
            y[i, j, f] = np.sum(patch * filters[f]) + bias[f]
return y
