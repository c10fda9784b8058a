# points: 0.7
# Takes 1 off in the columns of all labels, of each row.
rows = np.arange(len(y))
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
dx = np.exp(log_p)
dx[:, y] -= 1
return -log_p[rows, y].mean(), dx / len(y)
