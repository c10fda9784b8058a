# points: 0.2
# A copy, and zeros in it.
out = x.copy()
out[out < 0] = 0
return out, x.copy()
