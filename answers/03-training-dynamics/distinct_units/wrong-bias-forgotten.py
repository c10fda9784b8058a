# points: 0.17
# The biases are left out; the rest is right.
return np.unique(np.round(W, 8), axis=1).shape[1]
