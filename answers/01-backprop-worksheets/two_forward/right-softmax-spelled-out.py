# points: 8
# with: two_graph = right-softmax-spelled-out
# Exponentials and their sum are nodes of their own.
v=[0.5, -1.6, 1.9],
a=[1.0, -1.3, 2.0],
h=[1.0, 0, 2.0],
u=[1.2, 1.2],
o=[2.0, 1.0],
e=[7.39, 2.72],
t=10.1,
p=[0.731, 0.269],
l=1.31,
