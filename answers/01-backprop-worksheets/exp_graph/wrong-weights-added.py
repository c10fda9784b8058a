# points: 1.1
# Weights added to their inputs, in both places; the rest is right.
s1 = neuron.add(w1, x1, name="s1")
s2 = neuron.add(w2, x2, name="s2")
z = neuron.add(s1, s2, b, name="z")
d = neuron.multiply_constant(z, 2, name="d")
e = neuron.exp(d, name="e")
f = neuron.add_constant(e, -1, name="f")
