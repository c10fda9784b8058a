# points: 0.25
# The last one as an expression, in another order.
b3=(np.tanh(0) - 1) * (1 - np.tanh(0) ** 2),
W3=0.0,
b2=0.0,
W2=0.0,
b1=0.0,
W1=0.0,
