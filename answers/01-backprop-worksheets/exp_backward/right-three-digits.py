# points: 4
# Rounded at every step, each number from the rounded one before it.
f=1, e=1, d=1.93, z=3.86, p1=3.86, p2=3.86, b=3.86, w1=1.54, w2=1.93,
