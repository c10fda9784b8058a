# points: 0
# Nothing is returned.
gradient = (v > 0) * (W2.T @ (-2 * (t - yhat)))
