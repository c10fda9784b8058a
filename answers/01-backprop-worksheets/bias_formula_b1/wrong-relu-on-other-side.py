# points: 1.16
# The mask before W2.
return W2.T @ ((v > 0) * (-2 * (t - yhat)))
