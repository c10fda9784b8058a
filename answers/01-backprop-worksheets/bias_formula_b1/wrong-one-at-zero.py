# points: 1.8
# The slope at 0 taken as 1.
return (v >= 0) * (W2.T @ (-2 * (t - yhat)))
