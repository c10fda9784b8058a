# points: 0.9
# A list of the three.
x, w, b = cache
return [dout @ w.T, x.T @ dout, dout.sum(0)]
