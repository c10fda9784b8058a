# points: 2
# Works on an array of its own.
g = W2.T.dot(-2 * (t - yhat))
g[v <= 0] = 0
return g
