# points: 0.5
# Added up filter by filter.
total = 0
for _ in range(filters):
    total += size * size * channels + 1
return total
