# points: 2
# With over without.
return np.sqrt(1 - beta2**t) / (1 - beta1**t)
