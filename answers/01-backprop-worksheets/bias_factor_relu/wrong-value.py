# points: 0.43
# h on the diagonal instead of its slope.
return np.diag(np.maximum(0, v))
