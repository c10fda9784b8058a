# points: 0
# Keeps patches that are not full.
rows = -(-image.shape[0] // stride)
columns = -(-image.shape[1] // stride)
result = np.zeros((rows, columns))
for i in range(rows):
    for j in range(columns):
        result[i, j] = image[i * stride:i * stride + size, j * stride:j * stride + size].mean()
return result
