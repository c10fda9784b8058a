# points: 1.0
# The factor of the ReLU forgotten.
return W2.T @ (-2 * (t - yhat))
