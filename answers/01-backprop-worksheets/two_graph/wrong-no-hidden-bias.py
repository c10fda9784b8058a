# points: 2.25
# b_H is never used.
v = network.matmul(W_H, x, name="v")
h = network.relu(v, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
