# points: 2.25
# x W_H, as code with rows for examples has it; here it is another function.
v = network.matmul(x, W_H, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
