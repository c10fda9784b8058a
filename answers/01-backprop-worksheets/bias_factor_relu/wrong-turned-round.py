# points: 0.36
# Ones where the unit is off.
return np.diag((v < 0).astype(float))
