# points: 1.65
# Red and blue exchanged, as OpenCV keeps them.
b, g, r = images.split(1, dim=1)
return 0.299 * r + 0.587 * g + 0.114 * b
