# points: 8
# NumPy arrays, and tuples for lists.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=np.array([1.0, 0.0, 2.0]),
u=[1.2, 1.2],
o=(2, 1),
p=np.exp([2, 1]) / np.sum(np.exp([2, 1])),
l=np.log(1 + np.e),
