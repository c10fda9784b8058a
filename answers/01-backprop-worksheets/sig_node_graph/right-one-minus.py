# points: 0.25
# 1 − σ(−z): roundabout, but the same function through a σ node.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
z = short.add(p0, p1, w2, name="z")
n = short.negate(z, name="n")
s = short.sigmoid(n, name="s")
f = (1 - s).named("f")
