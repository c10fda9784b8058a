# points: 0.85
# Writes into dout.
x, w, b = cache
dx, dw, db = dout @ w.T, x.T @ dout, dout.sum(axis=0)
dout[:] = 0
return dx, dw, db
