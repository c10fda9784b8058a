# points: 0.09
# The graph of question 1 once more.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
z = short.add(p0, p1, w2, name="z")

n = short.negate(z, name="n")
e = short.exp(n, name="e")
d = short.add_constant(e, 1, name="d")
f = short.reciprocal(d, name="f")
