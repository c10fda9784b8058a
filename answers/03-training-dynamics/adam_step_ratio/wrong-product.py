# points: 1.6
# The root above the line.
return (1 - beta1**t) * np.sqrt(1 - beta2**t)
