# points: 0.94
# Base 2.
rows = np.arange(len(y))
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
p = np.exp(log_p)
loss = -log_p[rows, y].mean() / np.log(2)
p[rows, y] -= 1
return loss, p / len(y)
