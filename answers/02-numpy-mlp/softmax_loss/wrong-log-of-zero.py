# points: 1.0
# Shifted, but the logarithm is taken of a probability that is 0.
n = len(y)
e = np.exp(x - x.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
loss = -np.log(p[np.arange(n), y]).mean()
p[np.arange(n), y] -= 1
return loss, p / n
