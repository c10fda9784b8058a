# points: 1.35
# t starts at 0, so that the first entry is divided by 0 and the others are one step behind.
t = np.arange(len(m))
return m / (1 - beta**t)
