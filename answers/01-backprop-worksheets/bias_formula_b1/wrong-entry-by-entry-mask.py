# points: 1.2
# * everywhere, in row order.
return dL_dyhat(t, yhat) * W2 * (v > 0)
