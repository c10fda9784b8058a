# points: 0
# Local derivatives without the gradient that comes in.
x, w, b = cache
return w.T, x.T, np.ones(len(b))
