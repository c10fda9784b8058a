# points: 0.25
# Counts the places.
rows = len(range(0, height + 2 * padding - size + 1, stride))
columns = len(range(0, width + 2 * padding - size + 1, stride))
return [rows, columns, filters]
