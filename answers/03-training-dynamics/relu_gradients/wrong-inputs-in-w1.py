# points: 0.2
# Lets the input reach W1 though no gradient does.
W1=[[-0.6, -0.6, -0.6, -0.6], [0.8, 0.8, 0.8, 0.8]],
b1=0,
W2=0,
b2=0,
W3=0,
b3=-1,
