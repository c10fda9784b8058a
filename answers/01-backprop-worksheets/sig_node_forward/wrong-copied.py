# points: 0.23
# w1 copied as 2; everything follows from it.
w1=2, p0=5, p1=16, z=19, f=1,
