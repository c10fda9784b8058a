# points: 1
# True and False on the diagonal.
return np.diag(v > 0)
