# points: 1.0
# A small number in the logarithm keeps it finite and wrong.
n = len(y)
e = np.exp(x - x.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
loss = -np.log(p[np.arange(n), y] + 1e-12).mean()
p[np.arange(n), y] -= 1
return loss, p / n
