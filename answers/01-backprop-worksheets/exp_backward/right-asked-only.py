# points: 4
# No gradients for x1 and x2, which are not asked for.
f=1, e=1, d=1.935, z=3.870, p1=3.870, p2=3.870, b=3.870, w1=1.548, w2=1.935,
