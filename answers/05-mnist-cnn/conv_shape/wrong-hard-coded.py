# points: 0.15
# The shape of the question, always.
return 28, 28, 16
