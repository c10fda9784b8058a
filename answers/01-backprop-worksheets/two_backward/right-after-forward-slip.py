# points: 10
# with: two_forward = wrong-relu-forgotten
# Follows from the student's own forward values, which forgot the ReLU.
l=1,
p=[0, -2.42],
o=[0.587, -0.587],
b_O=[0.587, -0.587],
u=[0.587, -0.587],
W_O=[[0.587, -0.763, 1.174], [-0.587, 0.763, -1.174]],
h=[-0.235, 0.294, 0.117],
a=[-0.235, 0, 0.117],
b_H=[-0.235, 0, 0.117],
v=[-0.235, 0, 0.117],
W_H=[[-0.470, 0.235, 0], [0, 0, 0], [0.234, -0.117, 0]],
