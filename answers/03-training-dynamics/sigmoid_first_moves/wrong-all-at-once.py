# points: 0.09
# Everything in the first step.
W1=1,
b1=1,
W2=1,
b2=1,
W3=1,
b3=1,
