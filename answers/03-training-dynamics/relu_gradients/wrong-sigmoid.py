# points: 0.2
# Takes h2 = ½, which belongs to the sigmoid.
W1=0,
b1=0,
W2=0,
b2=0,
W3=-0.5,
b3=-1,
