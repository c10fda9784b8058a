# points: 0
# Adds weights to inputs: nothing of the function is there.
p1 = neuron.add(w1, x1, name="p1")
p2 = neuron.add(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
f = neuron.exp(z, name="f")
