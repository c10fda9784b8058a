# points: 0.57
# At the products each gradient is multiplied by the own factor, not the other one.
f=1, d=-1, e=-1, n=-1.88e-12, z=1.88e-12, p0=1.88e-12, p1=1.88e-12,
w2=1.88e-12, w0=1.88e-12, x0=9.4e-12, w1=5.64e-12, x1=1.5e-11,
