# points: 0.85
# The slope at 0 taken as 1.
return np.diag((v >= 0).astype(float))
