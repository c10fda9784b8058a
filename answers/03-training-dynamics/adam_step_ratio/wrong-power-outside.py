# points: 1.2
# (1 − β)^t instead of 1 − β^t.
return (1 - beta1) ** t / np.sqrt((1 - beta2) ** t)
