# points: 1.6
# The sign turned.
return (v > 0) * (W2.T @ (2 * (t - yhat)))
