# points: 0
# Moves by one.
rows = (image.shape[0] - size)  + 1
columns = (image.shape[1] - size)  + 1
result = np.zeros((rows, columns))
for i in range(rows):
    for j in range(columns):
        result[i, j] = image[i :i  + size, j :j  + size].max()
return result
