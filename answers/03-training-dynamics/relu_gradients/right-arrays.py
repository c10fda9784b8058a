# points: 0.25
# Whole arrays.
W1=np.zeros((2, 4)),
b1=np.zeros(4),
W2=np.zeros((4, 2)),
b2=np.zeros(2),
W3=np.zeros((2, 1)),
b3=np.array([-1.0]),
