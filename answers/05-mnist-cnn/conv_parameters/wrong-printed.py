# points: 0
# Printed, not returned.
print((size * size * channels + 1) * filters)
