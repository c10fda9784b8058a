# points: 0.3
# The number of the question for every layer.
return 1216
