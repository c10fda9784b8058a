# points: 0.15
# Writes zeros into its input.
out = x
out[out < 0] = 0
return out, x
