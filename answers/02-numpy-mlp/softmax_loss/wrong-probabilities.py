# points: 0
# Returns probabilities and gradient.
n = len(y)
e = np.exp(x - x.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
return p, p
