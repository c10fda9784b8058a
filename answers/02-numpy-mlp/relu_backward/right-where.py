# points: 0.3
# With where.
return np.where(cache > 0, dout, 0)
