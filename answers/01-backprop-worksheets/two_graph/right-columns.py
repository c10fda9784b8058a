# points: 3
# cell
# Every vector is a matrix with one column.
network = Worksheet("two-layer network, vectors as columns")
W_H, x, b_H, W_O, b_O, y = network.inputs("W_H", "x", "b_H", "W_O", "b_O", "y")
network.write_values(
    x=[[2], [-1], [0]],
    W_H=[[0.4, 0.3, -0.6], [-0.7, 0.2, 0.9], [0.8, -0.3, 0.1]],
    b_H=[[0.5], [0.3], [0.1]],
    W_O=[[0.2, 0.7, 0.5], [0.6, 0.2, 0.3]],
    b_O=[[0.8], [-0.2]],
    y=[[0], [1]],
)
v = network.matmul(W_H, x, name="v")
a = network.add(v, b_H, name="a")
h = network.relu(a, name="h")
u = network.matmul(W_O, h, name="u")
o = network.add(u, b_O, name="o")
p = network.softmax(o, name="p")
l = network.cross_entropy(p, y, name="l")
