# points: 1.05
# Subtracts the maximum from the caller's array.
x -= x.max(axis=1, keepdims=True)
rows = np.arange(len(y))
log_p = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
dx = np.exp(log_p)
dx[rows, y] -= 1
return -log_p[rows, y].mean(), dx / len(y)
