# points: 1.55
# e^(2z − 1): the − 1 slipped into the exponent.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
d = neuron.multiply_constant(z, 2, name="d")
m = neuron.add_constant(d, -1, name="m")
f = neuron.exp(m, name="f")
