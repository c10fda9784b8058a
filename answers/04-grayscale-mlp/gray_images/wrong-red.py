# points: 0
# The first channel alone.
return images[:, :1]
