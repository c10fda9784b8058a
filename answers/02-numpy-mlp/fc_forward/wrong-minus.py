# points: 0.33
# The bias is subtracted.
return x @ w - b, (x, w, b)
