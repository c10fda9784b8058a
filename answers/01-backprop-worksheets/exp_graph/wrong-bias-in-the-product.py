# points: 0
# w1·(x1 + b) + w2·(x2 + b): another function from the first step on, but most steps are there.
s1 = neuron.add(x1, b, name="s1")
s2 = neuron.add(x2, b, name="s2")
p1 = neuron.multiply(w1, s1, name="p1")
p2 = neuron.multiply(w2, s2, name="p2")
z = neuron.add(p1, p2, name="z")
d = neuron.multiply_constant(z, 2, name="d")
e = neuron.exp(d, name="e")
f = neuron.add_constant(e, -1, name="f")
