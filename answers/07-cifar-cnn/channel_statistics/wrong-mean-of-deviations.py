# points: 1.08
# The mean of each image's own deviation.
x = images / 255
return x.mean(axis=(0, 1, 2)), x.std(axis=(1, 2)).mean(axis=0)
