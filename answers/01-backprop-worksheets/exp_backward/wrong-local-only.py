# points: 1.78
# Local derivatives, never multiplied by what comes from the right.
f=1, e=1, d=1.935, z=2, p1=1, p2=1, b=1, w1=0.4, w2=0.5,
