# points: 0.79
# Another activation, and not one of the allowed operations.
p1 = neuron.multiply(w1, x1, name="p1")
p2 = neuron.multiply(w2, x2, name="p2")
z = neuron.add(p1, p2, b, name="z")
f = neuron.relu(z, name="f")
