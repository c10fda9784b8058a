# points: 2.76
# At the products, multiplied by the weight itself instead of by the other factor.
f=1, e=1, d=1.935, z=3.870, p1=3.870, p2=3.870, b=3.870, w1=0.774, w2=1.161,
