# points: 3
# In float32, step by step.
m, averages = np.float32(0), []
for gradient in g.astype(np.float32):
    m = np.float32(beta) * m + np.float32(1 - beta) * gradient
    averages.append(m)
return np.array(averages)
