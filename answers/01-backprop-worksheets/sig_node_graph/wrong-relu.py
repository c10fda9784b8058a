# points: 0.13
# Another activation, which is not allowed here.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
z = short.add(p0, p1, w2, name="z")

f = short.relu(z, name="f")
