# points: 1.5
# With broadcasting.
def normalise(images, mean, std):
    mean, std = torch.as_tensor(mean), torch.as_tensor(std)
    return (images - mean[:, None, None]) / std[:, None, None]
