# points: 0.75
# −(w0·x0 + w1·x1) + w2: the bracket ends too early.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
s = neuron.add(p0, p1, name="s")
n = neuron.negate(s, name="n")
k = neuron.add(n, w2, name="k")
e = neuron.exp(k, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.reciprocal(d, name="f")
