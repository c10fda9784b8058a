# points: 1.2
# t − ŷ: neither the 2 nor the sign.
return (v > 0) * (W2.T @ (t - yhat))
