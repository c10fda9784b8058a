# points: 10
# with: two_graph = wrong-bias-before-weights
# with: two_forward = wrong-bias-before-weights
# The slip of the first step was charged at the graph; every gradient follows.
l=1,
p=[0, -4.17],
o=[0.76, -0.76],
b_O=[0.76, -0.76],
u=[0.76, -0.76],
W_O=[[0.555, 0, 1.69], [-0.555, 0, -1.69]],
h=[-0.304, 0.38, 0.152],
a=[-0.304, 0, 0.152],
W_H=[[-0.76, 0.213, -0.0304], [0, 0, 0], [0.38, -0.106, 0.0152]],
s=[0, -0.137, 0.198],
b_H=[0, -0.137, 0.198],
