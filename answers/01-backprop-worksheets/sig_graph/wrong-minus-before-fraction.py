# points: 0.75
# −1/(1 + e^z): the minus stands before the fraction.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")
e = neuron.exp(z, name="e")
d = neuron.add_constant(e, 1, name="d")
r = neuron.reciprocal(d, name="r")
f = neuron.negate(r, name="f")
