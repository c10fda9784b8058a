# points: 0.25
# One layer a step.
W1=3,
b1=3,
W2=2,
b2=2,
W3=1,
b3=1,
