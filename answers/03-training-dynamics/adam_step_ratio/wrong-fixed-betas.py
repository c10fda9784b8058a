# points: 0
# The usual β instead of the arguments.
return (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
