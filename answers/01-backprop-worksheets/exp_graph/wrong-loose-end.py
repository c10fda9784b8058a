# points: 1.7
# The right graph, and a node that leads nowhere.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
old = neuron.add(p1, p2, name="old")
z = neuron.add(p1, p2, b, name="z")
d = neuron.multiply_constant(z, 2, name="d")
e = neuron.exp(d, name="e")
f = neuron.add_constant(e, -1, name="f")
