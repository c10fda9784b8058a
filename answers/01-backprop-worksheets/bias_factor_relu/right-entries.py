# points: 1
# With if, entry by entry.
first = 1 if v[0] > 0 else 0
second = 1 if v[1] > 0 else 0
return [[first, 0], [0, second]]
