# points: 0.18
# The derivative of (y − t)², without the ½, and t − y instead of y − t.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=2,
