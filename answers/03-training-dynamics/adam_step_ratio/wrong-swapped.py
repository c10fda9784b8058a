# points: 2
# β1 and β2 swapped.
return (1 - beta2**t) / np.sqrt(1 - beta1**t)
