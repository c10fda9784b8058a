# points: 1.35
# Multiplied instead of divided.
t = np.arange(1, len(m) + 1)
return m * (1 - beta**t)
