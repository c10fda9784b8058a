# points: 0.13
# Different rows instead of columns.
return np.unique(np.round(np.vstack([W, b]), 8), axis=0).shape[0]
