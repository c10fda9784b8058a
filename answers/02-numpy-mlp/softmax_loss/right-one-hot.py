# points: 1.1
# With one-hot labels.
n, c = x.shape
truth = np.eye(c)[y]
z = x - np.max(x, axis=1, keepdims=True)
log_p = z - np.log(np.sum(np.exp(z), axis=1, keepdims=True))
return -(truth * log_p).sum() / n, (np.exp(log_p) - truth) / n
