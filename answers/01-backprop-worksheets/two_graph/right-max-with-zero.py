# points: 3
# ReLU as the larger of the sum and 0, and the biases first.
v = network.matmul(W_H, x, name="v")
a = network.add(b_H, v, name="a")
h = network.max(a, network.constant(0, name="zero"), name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(b_O, u, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
