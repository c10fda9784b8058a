# points: 0.2
# The derivative of (y − t)², without the ½.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=-2,
