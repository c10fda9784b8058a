# points: 0.2
# With where.
return np.where(x > 0, x, 0), x
