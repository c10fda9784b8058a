# points: 3
# Powers as an array.
t = np.arange(1, len(m) + 1)
return m / (1 - beta**t)
