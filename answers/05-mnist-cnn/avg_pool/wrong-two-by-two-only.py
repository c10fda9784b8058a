# points: 0.25
# Size and stride left out.
h, w = image.shape
return image[:h // 2 * 2, :w // 2 * 2].reshape(h // 2, 2, w // 2, 2).mean(axis=(1, 3))
