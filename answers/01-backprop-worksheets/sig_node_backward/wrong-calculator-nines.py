# points: 0.18
# f = 0.999999999998 on the display, so 1 − f = 2e-12: one digit only.
f=1, z=2e-12, p0=2e-12, p1=2e-12, w2=2e-12, w0=1e-11, x0=2e-12, w1=1.6e-11, x1=6e-12,
