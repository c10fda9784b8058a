# points: 1
# The 1 and the −1 as nodes of their own, and sums of two.
one = neuron.constant(1, name="one")
minus = neuron.constant(-1, name="minus")
a = neuron.multiply(x0, w0, name="a")
b = neuron.multiply(x1, w1, name="b")
s = neuron.add(a, b, name="s")
z = neuron.add(s, w2, name="z")
n = neuron.multiply(minus, z, name="n")
e = neuron.exp(n, name="e")
d = neuron.add(one, e, name="d")
f = neuron.reciprocal(d, name="f")
