# points: 0.25
# The frame of zeros made by hand, and six loops.
h, w, c = image.shape
f_count, k, _, _ = filters.shape
x = np.zeros((h + 2 * padding, w + 2 * padding, c))
x[padding:padding + h, padding:padding + w] = image
rows, columns = (x.shape[0] - k) // stride + 1, (x.shape[1] - k) // stride + 1
y = np.zeros((rows, columns, f_count))
for f in range(f_count):
    for i in range(rows):
        for j in range(columns):
            for u in range(k):
                for v in range(k):
                    for ch in range(c):
                        y[i, j, f] += filters[f, u, v, ch] * x[i * stride + u, j * stride + v, ch]
    y[:, :, f] += bias[f]
return y
