# points: 0.11
# How many are copies of an earlier one.
units = np.round(np.vstack([W, b]), 8)
return W.shape[1] - np.unique(units, axis=1).shape[1]
