# points: 1.92
# From 0 to 255.
red, green, blue = images.split(1, dim=1)
return 255 * (0.299 * red + 0.587 * green + 0.114 * blue)
