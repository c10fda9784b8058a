# points: 0.75
# w2 never enters the sum.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, name="z")
n = neuron.negate(z, name="n")
e = neuron.exp(n, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.reciprocal(d, name="f")
