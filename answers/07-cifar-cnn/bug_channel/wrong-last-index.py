# points: 0.9
# One channel still wrong: blue with green's spread.
def normalise(images, mean, std):
    out = images.clone()
    out[:, 0] = (images[:, 0] - mean[0]) / std[0]
    out[:, 1] = (images[:, 1] - mean[1]) / std[1]
    out[:, 2] = (images[:, 2] - mean[2]) / std[1]
    return out
