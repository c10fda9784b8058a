# points: 2.84
# The factor 2 is lost on the way back.
f=1, e=1, d=1.935, z=1.935, p1=1.935, p2=1.935, b=1.935, w1=0.774, w2=0.968,
