# points: 0.02
# 1 − f = 0 on the calculator, and zeros from there on.
f=1, z=0, p0=0, p1=0, w2=0, w0=0, x0=0, w1=0, x1=0,
