# points: 2.25
# A ReLU after the output layer as well.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
r = network.relu(o, name="r")
p = network.softmax(r, name="p")
l = network.cross_entropy(p, y, name="l")
