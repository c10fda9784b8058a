# points: 0.22
# No gradient for w2.
f=1, z=1.88e-12, p0=1.88e-12, p1=1.88e-12, w0=9.4e-12, x0=1.88e-12, w1=1.5e-11, x1=5.64e-12,
