# points: 0.85
# Right numbers, but v is changed on the way.
v[v > 0] = 1
v[v <= 0] = 0
return np.diag(v)
