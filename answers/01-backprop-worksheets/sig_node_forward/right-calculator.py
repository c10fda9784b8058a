# points: 0.25
# All digits of f.
p0=5.0, p1=24.0, z=27.0, f=0.99999999999812047,
