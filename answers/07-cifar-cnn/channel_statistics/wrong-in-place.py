# points: 1.3
# Writes into the images.
x = images / 255
result = x.mean(axis=(0, 1, 2)), x.std(axis=(0, 1, 2))
images -= 1
return result
