# points: 3
# cell
# The truth as a class number, counted from 0.
network = Worksheet("two-layer network")
W_H, x, b_H, W_O, b_O, y = network.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
network.write_values({**GIVEN, "y": 1})
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
