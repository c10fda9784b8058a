# points: 0.9
# with: fc_forward = wrong-in-place
# The way there writes into x: charged there, not here.
x, w, b = cache
return dout @ w.T, x.T @ dout, dout.sum(axis=0)
