# points: 0.19
# σ(−z): the minus of the formula taken along.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
z = short.add(p0, p1, w2, name="z")

n = short.negate(z, name="n")
f = short.sigmoid(n, name="f")
