# points: 0
# The loss itself.
return np.sum((t - yhat) ** 2)
