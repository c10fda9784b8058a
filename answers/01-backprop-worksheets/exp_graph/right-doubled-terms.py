# points: 2
# Adds every term twice instead of multiplying by 2: one node less, and right.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
d = neuron.add(p1, p2, b, p1, p2, b, name="d")
e = neuron.exp(d, name="e")
f = neuron.add_constant(e, -1, name="f")
