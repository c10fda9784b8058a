# points: 0.25
# A bias for each channel of each filter.
return (size * size + 1) * channels * filters
