# points: 1.55
# w1 with x2 and w2 with x1.
p1 = neuron.multiply(w1, x2, name="p1")
p2 = neuron.multiply(w2, x1, name="p2")
z = neuron.add(p1, p2, b, name="z")
d = neuron.multiply_constant(z, 2, name="d")
e = neuron.exp(d, name="e")
f = neuron.add_constant(e, -1, name="f")
