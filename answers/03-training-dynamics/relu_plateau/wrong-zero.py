# points: 0.05
# Takes c = 0.
return 0.5 * np.mean(t**2)
