# points: 0.3
# Added up to one number.
return -2 * np.sum(t - yhat)
