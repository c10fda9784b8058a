# points: 0.6
# The first one flipped about.
*(lambda m: [m, np.fliplr(m), np.flip(m), np.flipud(m)])(np.array([[1, 0.5], [0.5, 0.25]]))
