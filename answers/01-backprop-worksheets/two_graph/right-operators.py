# points: 3
# Python's signs, and names given afterwards.
a = (W_H @ x + b_H).named("a")
h = network.relu(a, name="h")
o = (W_O @ h + b_O).named("o")
p = network.softmax(o, name="p")
network.cross_entropy(p, y, name="loss")
