# points: 1.36
# W2 not transposed.
return (v > 0) * (W2 @ (-2 * (t - yhat)))
