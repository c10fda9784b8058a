# points: 0
# Uses a name that does not exist.
return -2 * (t - y_hat)
