# points: 1.9
# t one too large.
t = np.arange(len(m)) + 2
return m / (1 - beta**t)
