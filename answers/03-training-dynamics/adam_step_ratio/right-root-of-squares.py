# points: 4
# Everything under the root.
return np.sqrt((1 - beta1**t) ** 2 / (1 - beta2**t))
