# points: 2
# The 2 and the 1 are nodes of their own.
two = neuron.constant(2, name="two")
one = neuron.constant(1, name="one")
p1 = neuron.multiply(x1, w1, name="p1")
p2 = neuron.multiply(x2, w2, name="p2")
z = neuron.add(b, p1, p2, name="z")
d = neuron.multiply(two, z, name="d")
e = neuron.exp(d, name="e")
f = neuron.subtract(e, one, name="f")
