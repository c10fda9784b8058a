# points: 0.9
# In float32.
x, w, b = cache
dout, x, w = (array.astype(np.float32) for array in (dout, x, w))
return dout @ w.T, x.T @ dout, dout.sum(axis=0)
