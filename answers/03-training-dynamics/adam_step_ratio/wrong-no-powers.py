# points: 1.4
# The powers are missing.
return (1 - beta1) / np.sqrt(1 - beta2)
