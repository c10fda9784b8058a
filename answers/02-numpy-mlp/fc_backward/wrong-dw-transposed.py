# points: 0.78
# dw has the shape (M, D).
x, w, b = cache
return dout @ w.T, dout.T @ x, dout.sum(axis=0)
