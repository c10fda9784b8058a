# points: 1.55
# Stops at e^(2z).
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
d = neuron.multiply_constant(z, 2, name="d")
f = neuron.exp(d, name="f")
