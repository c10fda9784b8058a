# points: 0.75
# 1/e^(−z + 1): the + 1 slipped into the exponent.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")
n = neuron.negate(z, name="n")
m = neuron.add_constant(n, 1, name="m")
e = neuron.exp(m, name="e")
f = neuron.reciprocal(e, name="f")
