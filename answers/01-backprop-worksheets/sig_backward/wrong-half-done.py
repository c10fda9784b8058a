# points: 0.33
# Stops at the weighted sum.
f=1, d=-1, e=-1, n=-1.88e-12, z=1.88e-12,
