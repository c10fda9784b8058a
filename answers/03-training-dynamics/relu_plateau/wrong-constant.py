# points: 0.1
# Returns c.
return np.mean(t)
