# points: 0
# A copy, but the blue still in green's place.
def normalise(images, mean, std):
    images = images.clone()
    images[:, 0] = (images[:, 0] - mean[0]) / std[0]
    images[:, 1] = (images[:, 1] - mean[1]) / std[1]
    images[:, 1] = (images[:, 2] - mean[2]) / std[2]
    return images
