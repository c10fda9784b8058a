# points: 1
# In one line.
return -2 * (t - yhat)
