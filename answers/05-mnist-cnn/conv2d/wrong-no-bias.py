# points: 0.17
# The bias forgotten.
F, K = filters.shape[:2]
H, W, F = conv_shape(image.shape[0], image.shape[1], K, F, padding, stride)
x = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
y = np.zeros((H, W, F))
for i in range(H):
    for j in range(W):
        for f in range(F):
            patch = x[i * stride:i * stride + K, j * stride:j * stride + K]
            y[i, j, f] = np.sum(patch * filters[f])
return y
