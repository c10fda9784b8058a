# points: 4.57
# An arithmetic slip in the first layer and another in the second.
v=[1.1, -1.6, 1.9],
a=[1.6, -1.3, 2.0],
h=[1.6, 0, 2.0],
u=[1.32, 1.65],
o=[2.12, 1.45],
p=[0.661, 0.339],
l=1.08,
