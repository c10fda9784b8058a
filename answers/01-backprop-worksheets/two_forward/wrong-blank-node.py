# points: 7.09
# One value forgotten; what comes after it is right.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
o=[2.0, 1.0],
p=[0.731, 0.269],
l=1.313,
