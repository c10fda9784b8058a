# points: 0.25
# Size and stride left out.
h, w = image.shape
return image[:h // 2 * 2, :w // 2 * 2].reshape(h // 2, 2, w // 2, 2).max(axis=(1, 3))
