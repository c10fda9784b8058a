# points: 8.05
# with: two_graph = wrong-no-hidden-bias
# with: two_forward = wrong-bias-graph
# The graph lacks b_H, which gets a gradient nevertheless; the other gradients follow.
l=1,
p=[0, -4.25],
o=[0.765, -0.765],
b_O=[0.765, -0.765],
u=[0.765, -0.765],
W_O=[[0.382, 0, 1.45], [-0.382, 0, -1.45]],
h=[-0.306, 0.382, 0.153],
b_H=[-0.306, 0, 0.153],
v=[-0.306, 0, 0.153],
W_H=[[-0.612, 0.306, 0], [0, 0, 0], [0.306, -0.153, 0]],
