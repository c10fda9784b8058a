# points: 2.84
# exp treated as if its derivative were 1.
f=1, e=1, d=1, z=2, p1=2, p2=2, b=2, w1=0.8, w2=1.0,
