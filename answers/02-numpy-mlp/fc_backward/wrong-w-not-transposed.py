# points: 0
# dout @ w does not fit.
x, w, b = cache
return dout @ w, x.T @ dout, dout.sum(axis=0)
