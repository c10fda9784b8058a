# points: 6.29
# A number in quotes; the cell says so, and that entry stays blank.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
u=[1.2, 1.2],
o=[2.0, 1.0],
p=[0.731, 0.269],
l="1.313",
