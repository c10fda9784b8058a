# points: 0.2
# The forward values once more; a few happen to follow from wrong ones.
f=1, d=1, e=1.88e-12, n=-27, z=27, p0=5, p1=24, w2=-2, w0=1, x0=5, w1=3, x1=8,
