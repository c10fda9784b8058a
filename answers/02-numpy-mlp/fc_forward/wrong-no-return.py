# points: 0
# Nothing is returned.
out = x @ w + b
cache = (x, w, b)
