# points: 5.49
# ReLU drops the sign instead of the number.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 1.3, 2.0],
u=[2.11, 1.46],
o=[2.91, 1.26],
p=[0.839, 0.161],
l=1.826,
