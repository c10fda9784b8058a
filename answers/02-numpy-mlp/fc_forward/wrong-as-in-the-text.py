# points: 0
# W x + b, as the text writes it; the shapes do not fit.
return w @ x + b, (x, w, b)
