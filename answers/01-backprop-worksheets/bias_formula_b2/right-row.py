# points: 1
# As a row.
return (-2 * (t - yhat))[None, :] @ np.eye(2)
