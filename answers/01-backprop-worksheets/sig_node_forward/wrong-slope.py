# points: 0.15
# The derivative in place of the value, rounded away to 0.
p0=5, p1=24, z=27, f=0,
