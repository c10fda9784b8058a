# points: 0.5
# In one line.
return filters * (channels * size**2 + 1)
