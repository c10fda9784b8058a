# points: 0
# with: two_graph = wrong-shapes-clash
# with: two_forward = wrong-blank
# A graph that cannot be evaluated: no gradient follows from another.
l=1,
p=[0, -3.72],
o=[0.731, -0.731],
b_O=[0.731, -0.731],
u=[0.731, -0.731],
W_O=[[0.731, 0, 1.46], [-0.731, 0, -1.46]],
h=[-0.292, 0.366, 0.146],
a=[-0.292, 0, 0.146],
b_H=[-0.292, 0, 0.146],
v=[-0.292, 0, 0.146],
W_H=[[-0.585, 0.292, 0], [0, 0, 0], [0.292, -0.146, 0]],
