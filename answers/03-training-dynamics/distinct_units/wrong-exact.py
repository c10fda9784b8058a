# points: 0.2
# No rounding.
return np.unique(np.vstack([W, b]), axis=1).shape[1]
