# points: 0
# hstack instead of vstack fails.
return np.unique(np.hstack([W, b]), axis=1).shape[1]
