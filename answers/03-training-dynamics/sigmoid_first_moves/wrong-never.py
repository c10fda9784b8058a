# points: 0.05
# As for ReLU: only the output's bias.
W1=0,
b1=0,
W2=0,
b2=0,
W3=0,
b3=1,
