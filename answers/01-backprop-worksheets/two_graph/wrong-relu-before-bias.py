# points: 2.25
# The bias comes after the ReLU.
v = network.matmul(W_H, x, name="v")
r = network.relu(v, name="r")
h = network.add(r, b_H, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
