# points: 4
# In float32, where 1 − β2 loses three digits.
b1, b2 = np.float32(beta1), np.float32(beta2)
return (1 - b1**t) / np.sqrt(1 - b2**t)
