# points: 2
# (e^z)² is e^(2z).
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
e = neuron.exp(z, name="e")
s = neuron.power(e, 2, name="s")
f = neuron.add_constant(s, -1, name="f")
