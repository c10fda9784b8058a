# points: 3
# Softmax from its parts; a vector of ones makes the sum.
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
e = network.exp(o, name="e")
ones = network.input("ones")
network.write_values(ones=[1, 1])
t = network.matmul(ones, e, name="t")
p = network.divide(e, t, name="p")
l = network.cross_entropy(p, y, name="l")
