# points: 1
# Zeros and ones on the diagonal.
return np.diag((v > 0).astype(float))
