# points: 0
# Thinks that nothing at all can move.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=0,
