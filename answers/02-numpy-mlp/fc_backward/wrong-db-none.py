# points: 0.65
# db was left for later, as None.
x, w, b = cache
return dout @ w.T, x.T @ dout, None
