# points: 0.05
# The image as it came.
return height, width, filters
