# points: 0.25
# As floats, in another order.
W3=1.0,
b3=1.0,
W2=2.0,
b2=2.0,
W1=3.0,
b1=3.0,
