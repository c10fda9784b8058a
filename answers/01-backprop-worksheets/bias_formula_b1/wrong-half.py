# points: 1.6
# The 2 forgotten.
return (v > 0) * (W2.T @ (yhat - t))
