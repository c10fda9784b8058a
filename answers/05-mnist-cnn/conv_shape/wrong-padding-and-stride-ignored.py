# points: 0.15
# Padding and stride left out.
return height - size + 1, width - size + 1, filters
