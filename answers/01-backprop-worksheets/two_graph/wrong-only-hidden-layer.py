# points: 1.16
# Stopped after the hidden layer: three of six steps are there, and no operation is forbidden.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
