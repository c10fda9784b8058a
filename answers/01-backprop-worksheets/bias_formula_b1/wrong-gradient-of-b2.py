# points: 0
# The formula for b2 copied.
return -2 * (t - yhat)
