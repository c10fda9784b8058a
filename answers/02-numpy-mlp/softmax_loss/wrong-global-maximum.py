# points: 0.9
# One maximum for all rows.
rows = np.arange(len(y))
z = x - np.max(x)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
p = np.exp(log_p)
loss = -log_p[rows, y].mean()
p[rows, y] -= 1
return loss, p / len(y)
