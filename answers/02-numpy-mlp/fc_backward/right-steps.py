# points: 0.9
# One line each.
x, w, b = cache
dx = np.dot(dout, w.T)
dw = np.dot(x.T, dout)
db = np.sum(dout, axis=0)
return dx, dw, db
