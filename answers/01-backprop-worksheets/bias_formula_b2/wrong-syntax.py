# points: 0
# A bracket is missing, so the cell does not run.
return -2 * (t - yhat
