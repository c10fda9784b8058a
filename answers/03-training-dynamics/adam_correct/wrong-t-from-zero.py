# points: 0
# t starts at 0 and divides by 0.
t = np.arange(len(m))
return m / (1 - beta**t)
