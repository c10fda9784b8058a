# points: 0.2
# t − y instead of y − t.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=1,
