# points: 0.25
# In one line, with the names Python makes.
f = short.sigmoid(w0 * x0 + w1 * x1 + w2, name="f")
