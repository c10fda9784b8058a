# points: 4.91
# The four gradients asked for, no way there: four of eleven, and the results.
b_O=[0.731, -0.731],
W_O=[[0.731, 0, 1.46], [-0.731, 0, -1.46]],
b_H=[-0.292, 0, 0.146],
W_H=[[-0.585, 0.292, 0], [0, 0, 0], [0.292, -0.146, 0]],
