# points: 0.25
# dw, dx, db: the first two are swapped.
x, w, b = cache
return x.T @ dout, dout @ w.T, dout.sum(axis=0)
