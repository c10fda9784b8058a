# points: 1.1
# By way of log-sum-exp.
m = x.max(axis=1)
lse = m + np.log(np.sum(np.exp(x - m[:, None]), axis=1))
n = x.shape[0]
loss = np.sum(lse - x[np.arange(n), y]) / n
p = np.exp(x - lse[:, None])
p[np.arange(n), y] -= 1
p /= n
return loss, p
