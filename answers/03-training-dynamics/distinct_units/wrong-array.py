# points: 0
# The different units themselves.
return np.unique(np.round(np.vstack([W, b]), 8), axis=1)
