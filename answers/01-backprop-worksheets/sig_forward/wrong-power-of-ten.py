# points: 0.88
# The calculator's 10^x key.
p0=5, p1=24, z=27, n=-27, e=1e-27, d=1, f=1,
