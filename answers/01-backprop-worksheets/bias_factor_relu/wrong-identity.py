# points: 0
# The slope of a unit that is on, everywhere.
return np.eye(2)
