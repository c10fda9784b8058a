# points: 0.09
# Different numbers.
return np.unique(np.round(np.vstack([W, b]), 8)).size
