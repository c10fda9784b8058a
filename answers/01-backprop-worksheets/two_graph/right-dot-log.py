# points: 3
# Cross-entropy from its parts: minus the dot product of y and log p.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
q = network.log(p, name="q")
n = network.matmul(y, q, name="n")
l = network.negate(n, name="l")
