# points: 0
# cell
# The line with the given values deleted, so that nobody noticed that h W_O does not fit.
network = Worksheet("two-layer network")
W_H, x, b_H, W_O, b_O, y = network.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(h, W_O, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
