# points: 1
# 1/x written as 1 ÷ x, and the minus as 0 − z.
zero = neuron.constant(0, name="zero")
one = neuron.constant(1, name="one")
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")
n = neuron.subtract(zero, z, name="n")
e = neuron.exp(n, name="e")
d = neuron.add_constant(e, 1, name="d")
f = neuron.divide(one, d, name="f")
