# points: 0.88
# A number in quotes: the cell says so, and that entry stays blank.
p0=5, p1=24, z=27, n=-27, e="1.88e-12", d=1, f=1,
