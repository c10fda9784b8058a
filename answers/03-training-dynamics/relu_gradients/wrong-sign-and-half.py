# points: 0.18
# The ½ is still there, and t − y instead of y − t.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=0.5,
