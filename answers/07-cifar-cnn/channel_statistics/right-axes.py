# points: 1.5
# Over three axes at once.
pixels = images.astype(np.float64) / 255
return pixels.mean(axis=(0, 1, 2)), pixels.std(axis=(0, 1, 2))
