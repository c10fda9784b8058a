# points: 0.77
# Weights added to their inputs.
p0=6, p1=11, z=15, n=-15, e=3.06e-7, d=1, f=1,
