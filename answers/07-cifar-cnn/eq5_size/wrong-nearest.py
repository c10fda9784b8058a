# points: 0.75
# Rounded to the nearest number.
return round((h_in - (k - 1) + 2 * p - 1) / s + 1)
