# points: 5.49
# o is copied from the node before it.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
u=[1.2, 1.2],
o=[1.2, 1.2],
p=[0.5, 0.5],
l=0.693,
