# points: 0
# The star multiplies entry by entry; the shapes do not fit, and the cell stops there.
v = (W_H * x).named("v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
