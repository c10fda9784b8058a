# points: 0.3
# From a copy made anew.
dx = np.array(dout, copy=True)
dx *= (cache > 0).astype(dout.dtype)
return dx
