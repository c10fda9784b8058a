# points: 0.7
# n is written without its sign; the rest follows, to another result.
p0=5, p1=24, z=27, n=27, e=5.32e11, d=5.32e11, f=1.88e-12,
