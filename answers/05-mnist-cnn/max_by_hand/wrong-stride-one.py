# points: 0.3
# Patches that overlap.
np.ones((3, 3)),
np.ones((3, 3)),
np.ones((3, 3)),
np.ones((3, 3)),
