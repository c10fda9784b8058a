# points: 0.9
# np.mean of one-hot times log divides by C too.
rows = np.arange(len(y))
z = x - x.max(axis=1, keepdims=True)
log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
p = np.exp(log_p)
truth = np.eye(x.shape[1])[y]
loss = -np.mean(truth * log_p)
return loss, (p - truth) / len(y)
