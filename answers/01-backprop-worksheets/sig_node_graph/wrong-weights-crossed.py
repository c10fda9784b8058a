# points: 0.19
# w0 with x1 and w1 with x0.
p0 = short.multiply(w0, x1, name="p0")
p1 = short.multiply(w1, x0, name="p1")
z = short.add(p0, p1, w2, name="z")
f = short.sigmoid(z, name="f")
