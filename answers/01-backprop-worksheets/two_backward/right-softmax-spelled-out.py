# points: 10
# with: two_graph = right-softmax-spelled-out
# with: two_forward = right-softmax-spelled-out
# Softmax from its parts: e gets a share through the quotient and one through the sum.
l=1,
p=[0, -3.72],
b_O=[0.731, -0.731],
u=[0.731, -0.731],
W_O=[[0.731, 0, 1.46], [-0.731, 0, -1.46]],
h=[-0.292, 0.366, 0.146],
a=[-0.292, 0, 0.146],
b_H=[-0.292, 0, 0.146],
v=[-0.292, 0, 0.146],
W_H=[[-0.585, 0.292, 0], [0, 0, 0], [0.292, -0.146, 0]],
t=0.0989,
e=[0.0989, -0.269],
o=[0.731, -0.731],
