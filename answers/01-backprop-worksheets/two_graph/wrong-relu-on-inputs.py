# points: 2.25
# W_H ReLU(x) + b_H: the ReLU comes first.
r = network.relu(x, name="r")
v = network.matmul(W_H, r, name="v")
h = network.add(v, b_H, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
