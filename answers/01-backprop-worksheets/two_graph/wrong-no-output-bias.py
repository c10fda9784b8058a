# points: 2.25
# b_O is never used.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
p = network.softmax(u, name="p")
l = network.cross_entropy(p, y, name="l")
