# points: 0.2
# Rounded to the nearest number.
def side(n):
    return round((n - size + 2 * padding) / stride) + 1
return side(height), side(width), filters
