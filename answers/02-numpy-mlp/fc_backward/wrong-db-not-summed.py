# points: 0.73
# db keeps a row an example.
x, w, b = cache
return dout @ w.T, x.T @ dout, dout
