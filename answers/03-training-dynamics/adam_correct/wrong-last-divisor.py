# points: 1.63
# The last divisor for all.
return m / (1 - beta ** len(m))
