# points: 0.18
# The slope at 0 used everywhere.
f=1, z=0.25, p0=0.25, p1=0.25, w2=0.25, w0=1.25, x0=0.25, w1=2, x1=0.75,
