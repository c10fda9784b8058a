# points: 0.45
# The bias is right, but x is scaled on the way: the caller's array.
x *= 1.0
x[:] = x + 0.0
out = x @ w + b
x -= 1
return out, (x + 1, w, b)
