# points: 0.75
# e^z ÷ (1 + e^z): the function, but ÷ is not on the list.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")

e = neuron.exp(z, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.divide(e, d, name="f")
