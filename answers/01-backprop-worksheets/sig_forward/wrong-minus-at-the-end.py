# points: 0.7
# 1/x of 1 taken as −1.
p0=5, p1=24, z=27, n=-27, e=1.88e-12, d=1, f=-1,
