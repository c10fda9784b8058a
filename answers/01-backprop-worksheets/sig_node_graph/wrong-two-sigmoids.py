# points: 0.13
# σ of each product instead of σ of the sum.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
s0 = short.sigmoid(p0, name="s0")
s1 = short.sigmoid(p1, name="s1")
f = short.add(s0, s1, w2, name="f")
