# points: 3.38
# Everything but the bias.
f=1, e=1, d=1.935, z=3.870, p1=3.870, p2=3.870, w1=1.548, w2=1.935,
