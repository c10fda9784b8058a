# points: 0.29
# The bias is forgotten: told once, not again at the edges.
return x @ w, (x, w, b)
