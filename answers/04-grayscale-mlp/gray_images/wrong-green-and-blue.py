# points: 1.65
# Green and blue exchanged.
red, green, blue = images.split(1, dim=1)
return 0.299 * red + 0.587 * blue + 0.114 * green
