# points: 0.9
# w2 copied as + 2; everything follows from it.
w2=2, p0=5, p1=24, z=31, n=-31, e=3.44e-14, d=1, f=1,
