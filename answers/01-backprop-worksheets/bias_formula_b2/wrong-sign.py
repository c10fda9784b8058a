# points: 0.75
# The inner derivative −1 forgotten.
return 2 * (t - yhat)
