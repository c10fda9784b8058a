# points: 3
# The power is built up.
power, out = 1.0, []
for value in m:
    power *= beta
    out.append(value / (1 - power))
return out
