# points: 0.5
# A list of lists; the numbers are right.
return (x @ w + b).tolist(), (x, w, b)
