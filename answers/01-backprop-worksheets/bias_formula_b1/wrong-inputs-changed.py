# points: 1.8
# Right numbers, but v is changed on the way.
v[v > 0] = 1
v[v < 0] = 0
return v * (W2.T @ (-2 * (t - yhat)))
