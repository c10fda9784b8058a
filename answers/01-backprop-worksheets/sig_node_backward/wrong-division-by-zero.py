# points: 0
# An expression that raises, so that nothing is written.
f=1, z=1 / (1 - 1), p0=0, p1=0, w2=0, w0=0, x0=0, w1=0, x1=0,
