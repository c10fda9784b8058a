# points: 0.16
# Max-pooling.
rows = (image.shape[0] - size) // stride + 1
columns = (image.shape[1] - size) // stride + 1
result = np.zeros((rows, columns))
for i in range(rows):
    for j in range(columns):
        result[i, j] = image[i * stride:i * stride + size, j * stride:j * stride + size].max()
return result
