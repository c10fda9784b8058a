# points: 0
# A number in quotes: the cell says so, and nothing is written.
p0=5, p1=24, z=27, n=-27, e="1.88e-12", d=1, f=1,
