# points: 0.86
# One loss an image.
rows = np.arange(len(y))
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
p = np.exp(log_p)
loss = -log_p[rows, y]
p[rows, y] -= 1
return loss, p / len(y)
