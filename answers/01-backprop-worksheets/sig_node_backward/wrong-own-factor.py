# points: 0.12
# At the products the own factor instead of the other one.
f=1, z=1.88e-12, p0=1.88e-12, p1=1.88e-12, w2=1.88e-12,
w0=1.88e-12, x0=9.4e-12, w1=5.64e-12, x1=1.5e-11,
