# points: 0.19
# w2 times the sum.
s = (w0 * x0 + w1 * x1).named("s")
z = short.multiply(s, w2, name="z")
f = short.sigmoid(z, name="f")
