# points: 0.8
# db has shape (1, M).
x, w, b = cache
return dout @ w.T, x.T @ dout, dout.sum(axis=0, keepdims=True)
