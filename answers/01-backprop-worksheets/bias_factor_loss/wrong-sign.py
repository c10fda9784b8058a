# points: 0.6
# The inner derivative −1 forgotten.
return 2 * (t - yhat)
