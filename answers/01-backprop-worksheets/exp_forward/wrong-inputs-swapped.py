# points: 1.6
# x1 and x2 copied the wrong way round; everything follows from them.
x1=0.5,
x2=0.4,
p1=0.1,
p2=0.12,
z=0.32,
d=0.64,
e=1.896,
f=0.896,
