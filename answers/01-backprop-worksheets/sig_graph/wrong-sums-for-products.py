# points: 0.55
# Adds where the neuron weighs, in both places; the rest is right.
s0 = neuron.add(w0, x0, name="s0")
s1 = neuron.add(w1, x1, name="s1")
z = neuron.add(s0, s1, w2, name="z")
n = neuron.negate(z, name="n")
e = neuron.exp(n, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.reciprocal(d, name="f")
