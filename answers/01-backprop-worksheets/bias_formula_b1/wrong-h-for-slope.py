# points: 1.2
# h instead of the slope of the ReLU.
h = np.maximum(0, v)
return h * (W2.T @ (-2 * (t - yhat)))
