# points: 0.15
# Only the output layer is there.
W3=0,
b3=-1,
