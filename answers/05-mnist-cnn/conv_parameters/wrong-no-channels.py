# points: 0.15
# Filters of one channel.
return (size * size + 1) * filters
