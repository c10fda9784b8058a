# points: 0.15
# A single filter.
return size * size * channels + 1
