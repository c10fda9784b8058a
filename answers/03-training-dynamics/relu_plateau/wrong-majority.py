# points: 0.08
# Takes the commoner label.
c = 1.0 if np.sum(t) >= 0 else -1.0
return 0.5 * np.mean((c - t) ** 2)
