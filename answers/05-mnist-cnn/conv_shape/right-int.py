# points: 0.25
# With int() instead of //.
def side(n):
    return int((n - size + 2 * padding) / stride) + 1
return side(height), side(width), filters
