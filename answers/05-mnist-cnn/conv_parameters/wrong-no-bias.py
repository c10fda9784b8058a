# points: 0.25
# The biases forgotten.
return size * size * channels * filters
