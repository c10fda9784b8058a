# points: 0.9
# Sum for mean, in loss and gradient alike: charged once.
rows = np.arange(len(y))
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
p = np.exp(log_p)
loss = -log_p[rows, y].sum()
p[rows, y] -= 1
return loss, p
