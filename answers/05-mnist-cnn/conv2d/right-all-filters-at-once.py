# points: 0.25
# Loops over places, tensordot over the patch.
F, K = filters.shape[:2]
H, W, F = conv_shape(image.shape[0], image.shape[1], K, F, padding, stride)
x = np.pad(image, [(padding, padding), (padding, padding), (0, 0)])
y = np.empty((H, W, F))
for i in range(H):
    for j in range(W):
        y[i, j] = np.tensordot(filters, x[i * stride:i * stride + K, j * stride:j * stride + K], 3) + bias
return y
