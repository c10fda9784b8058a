# points: 0
# Squares of uint8 overflow, and so does the rest.
total = images.reshape(-1, 3).sum(axis=0, dtype=np.uint8)
mean = total / images[..., 0].size / 255
return mean, mean
