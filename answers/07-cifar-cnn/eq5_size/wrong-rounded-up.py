# points: 0.75
# Rounded up.
import math

return math.ceil((h_in - (k - 1) + 2 * p - 1) / s + 1)
