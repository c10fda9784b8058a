# points: 0
# A bracket is not closed, so that nothing of the cell runs.
p0 = neuron.multiply(w0, x0, name="p0"
p1 = neuron.multiply(w1, x1, name="p1")
