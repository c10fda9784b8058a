# points: 0.13
# The share of zeros.
return np.mean(Z <= 0)
