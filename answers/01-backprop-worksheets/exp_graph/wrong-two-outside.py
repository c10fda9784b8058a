# points: 1.4
# 2·e^z − 1 instead of e^(2z) − 1.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
e = neuron.exp(z, name="e")
d = neuron.multiply_constant(e, 2, name="d")
f = neuron.add_constant(d, -1, name="f")
