# points: 5.49
# Exponentials, not divided by their sum; the loss follows.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
u=[1.2, 1.2],
o=[2.0, 1.0],
p=[7.39, 2.72],
l=-1.00,
