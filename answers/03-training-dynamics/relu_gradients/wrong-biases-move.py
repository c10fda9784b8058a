# points: 0.15
# Lets every bias have the gradient of the output.
W1=0,
b1=-1,
W2=0,
b2=-1,
W3=0,
b3=-1,
