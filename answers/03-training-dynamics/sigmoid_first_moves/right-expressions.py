# points: 0.25
# Each one step after the layer behind it.
W3=1,
b3=1,
W2=1 + 1,
b2=1 + 1,
W1=1 + 1 + 1,
b1=1 + 1 + 1,
