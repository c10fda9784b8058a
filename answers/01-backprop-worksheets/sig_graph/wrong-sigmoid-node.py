# points: 0.38
# σ as one node, which this question does not allow: the steps asked for are missing.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(w1, x1, name="p1")
z = neuron.add(p0, p1, w2, name="z")

f = neuron.sigmoid(z, name="f")
