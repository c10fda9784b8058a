# points: 0.2
# Takes the slope of tanh at 0 for 0.5.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=-0.5,
