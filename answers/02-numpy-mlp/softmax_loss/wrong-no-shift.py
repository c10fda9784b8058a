# points: 0.9
# Without subtracting the maximum.
n = len(y)
p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
loss = -np.log(p[np.arange(n), y]).mean()
p[np.arange(n), y] -= 1
return loss, p / n
