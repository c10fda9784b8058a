# points: 2.4
# t + 1, as if t came from Python's counting.
return (1 - beta1 ** (t + 1)) / np.sqrt(1 - beta2 ** (t + 1))
