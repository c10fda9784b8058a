# points: 2
# Sums written out.
g = [0.0, 0.0]
for j in range(2):
    if v[j] > 0:
        for i in range(2):
            g[j] += -2 * (t[i] - yhat[i]) * W2[i, j]
return g
