# points: 1.12
# W2 not transposed and the sign turned.
return (v > 0) * (W2 @ (2 * (t - yhat)))
