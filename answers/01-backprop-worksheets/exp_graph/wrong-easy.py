# points: 0
# Every step is there, and nothing depends on the inputs: made to be worked out at a glance.
s = neuron.add(x1, x2, w1, w2, b, name="s")
p1 = neuron.multiply(s, s, name="p1")
p2 = neuron.multiply_constant(p1, 0, name="p2")
e = neuron.exp(p2, name="e")
f = neuron.add_constant(e, -1, name="f")
