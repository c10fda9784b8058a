# points: 0.47
# Stops before the exponential.
p0=5, p1=24, z=27, n=-27,
