# points: 0.85
# The right graph, with a node left over that leads nowhere.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")

n = neuron.negate(z, name="n")
e = neuron.exp(n, name="e")
e2 = neuron.exp(z, name="e2")
d = neuron.add_constant(e, 1, name="d")
f = neuron.reciprocal(d, name="f")
