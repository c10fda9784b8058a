# points: 0
# The absolute value.
return np.abs(x), x
