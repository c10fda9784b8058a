# points: 0.78
# db is a mean.
x, w, b = cache
return dout @ w.T, x.T @ dout, dout.mean(axis=0)
