# points: 2.75
# Right numbers, written over m.
m /= 1 - beta ** np.arange(1, len(m) + 1)
return m
