# points: 0.47
# Local derivatives, never multiplied by what comes from the right.
f=1, d=-1, e=1, n=1.88e-12, z=-1, p0=1, p1=1, w2=1, w0=5, x0=1, w1=8, x1=3,
