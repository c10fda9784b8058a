# points: 0
# A comma is missing.
p0 = short.multiply(w0 x0, name="p0")
