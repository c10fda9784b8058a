# points: 0.5
# Weights and biases counted apart.
weights = filters * size * size * channels
biases = filters
return weights + biases
