# points: 1
# 1/x written as the power −1; the minus signs inside the sum.
a = (w0 * x0).named("a")
b = (w1 * x1).named("b")
n = (-a - b - w2).named("n")
e = neuron.exp(n, name="e")
d = (e + 1).named("d")
f = (d ** -1).named("f")
