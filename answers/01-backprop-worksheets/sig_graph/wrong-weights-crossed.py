# points: 0.75
# w0 with x1 and w1 with x0.
p0 = neuron.multiply(w0, x1, name="p0")
p1 = neuron.multiply(w1, x0, name="p1")
z = neuron.add(p0, p1, w2, name="z")
n = neuron.negate(z, name="n")
e = neuron.exp(n, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.reciprocal(d, name="f")
