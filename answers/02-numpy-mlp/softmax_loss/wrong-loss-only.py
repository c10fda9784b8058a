# points: 0.7
# The gradient was left for later.
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
return -log_p[np.arange(len(y)), y].mean(), None
