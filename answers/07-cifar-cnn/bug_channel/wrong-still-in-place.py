# points: 1
# The colours are right, the caller's images written over.
def normalise(images, mean, std):
    for c in range(3):
        images[:, c] = (images[:, c] - mean[c]) / std[c]
    return images
