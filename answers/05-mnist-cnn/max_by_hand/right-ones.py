# points: 0.6
# np.ones.
np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2)), np.ones((2, 2))
