# points: 0
# Searches among a few constants.
return min(0.5 * np.mean((c - t) ** 2) for c in (-1, -0.5, 0, 0.5, 1))
