# points: 0.25
# Sums of two, other names.
a = short.multiply(x0, w0, name="a")
b = short.multiply(x1, w1, name="b")
c = short.add(b, w2, name="c")
z = short.add(a, c, name="z")
out = short.sigmoid(z, name="out")
