# points: 0.73
# The minus node passes its gradient on unturned.
f=1, d=-1, e=-1, n=-1.88e-12, z=-1.88e-12, p0=-1.88e-12, p1=-1.88e-12,
w2=-1.88e-12, w0=-9.4e-12, x0=-1.88e-12, w1=-1.5e-11, x1=-5.64e-12,
