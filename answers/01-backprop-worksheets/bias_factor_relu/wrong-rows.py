# points: 0
# Both rows filled with the slopes.
return np.tile(v > 0, (2, 1))
