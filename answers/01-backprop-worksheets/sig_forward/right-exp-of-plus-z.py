# points: 1
# with: sig_graph = right-exp-of-plus-z
# The large number e^27 on the way.
p0=5, p1=24, z=27, u=5.32e11, e=1.88e-12, d=1, f=1,
