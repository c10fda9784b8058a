# points: 1.5
# cell
# Mended in place, on a copy.
def normalise(images, mean, std):
    images = images.clone()
    for c in range(3):
        images[:, c] = (images[:, c] - mean[c]) / std[c]
    return images
