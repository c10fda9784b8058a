# points: 0.17
# Lets all biases move at once.
W1=3,
b1=1,
W2=2,
b2=1,
W3=1,
b3=1,
