# points: 0
# Counts the steps from 0.
W1=2,
b1=2,
W2=1,
b2=1,
W3=0,
b3=0,
