# points: 0.15
# Without the ½.
return np.mean((np.mean(t) - t) ** 2)
