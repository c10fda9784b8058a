# points: 0.26
# Starts from 0, so negative patches give 0.
rows = (image.shape[0] - size) // stride + 1
columns = (image.shape[1] - size) // stride + 1
result = np.zeros((rows, columns))
for i in range(rows):
    for j in range(columns):
        result[i, j] = max(0, image[i * stride:i * stride + size, j * stride:j * stride + size].max())
return result
