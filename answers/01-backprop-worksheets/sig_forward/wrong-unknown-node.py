# points: 0.88
# A name that the graph does not have: the cell says so, and that entry stays blank.
p0=5, p1=24, sum=27, n=-27, e=1.88e-12, d=1, f=1,
