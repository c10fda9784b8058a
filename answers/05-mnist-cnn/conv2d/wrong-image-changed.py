# points: 0.2
# Right numbers, but it writes into the filters.
F, K = filters.shape[:2]
H, W, F = conv_shape(image.shape[0], image.shape[1], K, F, padding, stride)
x = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
y = np.zeros((H, W, F))
for i in range(H):
    for j in range(W):
        for f in range(F):
            patch = x[i * stride:i * stride + K, j * stride:j * stride + K]
            y[i, j, f] = np.sum(np.multiply(patch, filters[f])) + bias[f]
image *= 1.01
return y
