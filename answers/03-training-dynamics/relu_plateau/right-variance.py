# points: 0.25
# Half the variance.
return np.var(t) / 2
