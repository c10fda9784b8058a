# points: 1
# Several steps with names of one's own.
difference = np.subtract(t, yhat)
outer = 2 * difference
inner = -np.ones(2)
return outer * inner
