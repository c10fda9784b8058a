# points: 0
# Nothing is returned.
gradient = -2 * (t - yhat)
