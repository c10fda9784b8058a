# points: 0.19
# Stops at the weighted sum.
p0 = short.multiply(w0, x0, name="p0")
p1 = short.multiply(w1, x1, name="p1")
z = short.add(p0, p1, w2, name="z")
