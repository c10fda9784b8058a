# points: 0.53
# Everything divided by N a second time.
x, w, b = cache
n = len(x)
return dout @ w.T / n, x.T @ dout / n, dout.sum(axis=0) / n
