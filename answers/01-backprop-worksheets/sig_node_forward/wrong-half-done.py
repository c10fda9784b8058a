# points: 0.1
# Stops before the sum.
p0=5, p1=24,
