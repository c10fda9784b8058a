# points: 0.9
# db as a product with ones, and a loop for dw.
x, w, b = cache
dw = np.zeros(w.shape)
for row, back in zip(x, dout):
    dw += np.outer(row, back)
return dout @ w.T, dw, np.ones(len(dout)) @ dout
