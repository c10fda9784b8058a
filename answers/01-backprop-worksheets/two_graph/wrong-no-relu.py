# points: 2.1
# Two linear layers on top of each other.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
u = network.matmul(W_O, a, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
