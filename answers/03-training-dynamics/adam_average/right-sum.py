# points: 3
# The sum written out.
T = len(g)
return np.array([(1 - beta) * sum(beta ** (t - i) * g[i] for i in range(t + 1)) for t in range(T)])
