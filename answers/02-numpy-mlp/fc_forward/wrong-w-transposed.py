# points: 0
# w the wrong way round.
return x @ w.T + b, (x, w, b)
