# points: 1.35
# σ in the place of ReLU, which the toolbox does not list either.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.sigmoid(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
