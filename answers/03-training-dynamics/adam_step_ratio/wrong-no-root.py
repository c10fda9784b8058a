# points: 2
# The root is forgotten.
return (1 - beta1**t) / (1 - beta2**t)
