# points: 1.55
# e^(2·w1·x1 + w2·x2 + b) − 1: the 2 reaches the first product only.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
d = neuron.multiply_constant(p1, 2, name="d")
z = neuron.add(d, p2, b, name="z")
e = neuron.exp(z, name="e")
f = neuron.add_constant(e, -1, name="f")
