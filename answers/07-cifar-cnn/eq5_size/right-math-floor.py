# points: 1.5
# With math.floor, as in the text.
import math

return math.floor((h_in - (k - 1) + 2 * p - 1) / s + 1)
