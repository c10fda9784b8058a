# points: 0.2
# 0 wherever it is tiny.
f=1, d=-1, e=-1, n=0, z=0, p0=0, p1=0, w2=0, w0=0, x0=0, w1=0, x1=0,
