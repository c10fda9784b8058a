# points: 0
# Zeros everywhere. (A zero follows from a zero, but nothing asked for is right.)
f=0, e=0, d=0, z=0, p1=0, p2=0, b=0, w1=0, w2=0,
