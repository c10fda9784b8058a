# points: 0
# A number for each image.
1, 1, 1, 1
