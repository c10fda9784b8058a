# points: 1.2
# * between matrix and vector where @ is meant.
return (v > 0) * W2.T * (-2 * (t - yhat))
