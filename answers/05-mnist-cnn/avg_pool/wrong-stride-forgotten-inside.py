# points: 0
# The patch starts at i, j instead of i·stride, j·stride.
rows = (image.shape[0] - size) // stride + 1
columns = (image.shape[1] - size) // stride + 1
result = np.zeros((rows, columns))
for i in range(rows):
    for j in range(columns):
        result[i, j] = image[i:i + size, j:j + size].mean()
return result
