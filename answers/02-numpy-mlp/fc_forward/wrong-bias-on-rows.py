# points: 0
# The bias goes to rows; it fits only by chance.
return x @ w + b[:, None], (x, w, b)
