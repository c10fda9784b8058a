# points: 0.8
# W2 forgotten.
return (v > 0) * (-2 * (t - yhat))
