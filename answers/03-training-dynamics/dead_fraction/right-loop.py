# points: 0.25
# A loop over the units.
dead = 0
for unit in range(Z.shape[1]):
    if not np.any(Z[:, unit] > 0):
        dead += 1
return dead / Z.shape[1]
