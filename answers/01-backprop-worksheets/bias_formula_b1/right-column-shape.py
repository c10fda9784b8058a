# points: 2
# A true column of shape (2, 1).
g = -2 * (t - yhat).reshape(-1, 1)
return (v.reshape(-1, 1) > 0) * (W2.T @ g)
