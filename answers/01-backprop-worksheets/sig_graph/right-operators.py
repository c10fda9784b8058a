# points: 1
# Python's signs throughout.
p = (w0 * x0).named("p")
q = (w1 * x1).named("q")
z = (p + q + w2).named("z")
n = (-z).named("n")
e = neuron.exp(n, name="e")
d = (1 + e).named("d")
f = (1 / d).named("f")
