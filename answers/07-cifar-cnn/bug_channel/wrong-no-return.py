# points: 0
# Nothing returned.
def normalise(images, mean, std):
    out = images.clone()
    for c in range(3):
        out[:, c] = (images[:, c] - mean[c]) / std[c]
