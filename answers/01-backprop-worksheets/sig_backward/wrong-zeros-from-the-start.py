# points: 0.07
# Only the output's own gradient is not 0.
f=1, d=0, e=0, n=0, z=0, p0=0, p1=0, w2=0, w0=0, x0=0, w1=0, x1=0,
