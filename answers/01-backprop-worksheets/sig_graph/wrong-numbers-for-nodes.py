# points: 0.13
# Numbers instead of inputs in the second product: the cell stops there with a message.
p0 = neuron.multiply(w0, x0, name="p0")
p1 = neuron.multiply(3, 8, name="p1")
z = neuron.add(p0, p1, w2, name="z")
