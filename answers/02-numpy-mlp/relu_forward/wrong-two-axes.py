# points: 0.15
# Two loops: right, for two axes only.
out = np.zeros(x.shape)
rows, columns = x.shape
for i in range(rows):
    for j in range(columns):
        if x[i, j] > 0:
            out[i, j] = x[i, j]
return out, x
