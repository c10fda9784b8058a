# points: 0.2
# The ½ of the loss is still there after the derivative.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=-0.5,
