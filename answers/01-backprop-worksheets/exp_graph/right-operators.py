# points: 2
# Python's signs instead of methods, with names given afterwards.
p = (w1 * x1).named("p")
q = (w2 * x2).named("q")
z = (p + q + b).named("z")
f = (neuron.exp(2 * z, name="e") - 1).named("f")
