# points: 0.25
# One bias for the whole layer.
return size * size * channels * filters + 1
