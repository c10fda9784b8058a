# points: 0.25
# Integers.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=-1,
