# points: 1.5
# int() cuts off, which is rounding down here.
return int((h_in + 2 * p - k) / s) + 1
