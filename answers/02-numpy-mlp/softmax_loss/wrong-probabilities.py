# points: 0.08
# Returns probabilities, twice.
n = len(y)
e = np.exp(x - x.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
return p, p
