# points: 0.15
# Text for a number.
p0=5, p1=24, z=27, f="about 1",
