# points: 0
# A bracket is missing.
p1 = neuron.multiply(w1, x1, name="p1"
