# points: 2.1
# Cross-entropy of the logits, as if it were PyTorch's.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
l = network.cross_entropy(o, y, name="l")
