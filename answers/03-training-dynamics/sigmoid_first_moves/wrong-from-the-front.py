# points: 0.08
# Counts from the input: the first layer first.
W1=1,
b1=1,
W2=2,
b2=2,
W3=3,
b3=3,
