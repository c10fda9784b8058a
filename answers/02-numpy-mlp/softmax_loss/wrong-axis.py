# points: 0
# Sums over the batch instead of the classes.
n = len(y)
e = np.exp(x - x.max(axis=0))
p = e / e.sum(axis=0)
loss = -np.log(p[np.arange(n), y]).mean()
p[np.arange(n), y] -= 1
return loss, p / n
