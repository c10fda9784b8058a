# points: 1.4
# e^z − 1: the 2 is nowhere.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
e = neuron.exp(z, name="e")
f = neuron.add_constant(e, -1, name="f")
