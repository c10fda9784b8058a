# points: 2.25
# The loss is not drawn.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
