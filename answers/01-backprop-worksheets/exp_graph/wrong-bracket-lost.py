# points: 1.55
# 2(w·x) + b: the 2 does not reach the bias.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
s = neuron.add(p1, p2, name="s")
d = neuron.multiply_constant(s, 2, name="d")
z = neuron.add(d, b, name="z")
e = neuron.exp(z, name="e")
f = neuron.add_constant(e, -1, name="f")
