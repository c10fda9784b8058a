# points: 0
# Written for two outputs only.
return (x @ w + b).reshape(-1, 2), (x, w, b)
