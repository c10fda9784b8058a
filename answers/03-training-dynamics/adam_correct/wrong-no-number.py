# points: 0
# The root of a negative number, nowhere a number; t starts at 1.
t = np.arange(1, len(m) + 1)
return m / np.sqrt(beta**t - 1)
