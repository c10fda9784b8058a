# points: 0
# Printed, not returned.
print(0.5 * np.var(t))
