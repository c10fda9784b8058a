# points: 0
# Broadcast over the columns.
def normalise(images, mean, std):
    return (images.permute(0, 2, 3, 1) - torch.as_tensor(mean)) / torch.as_tensor(std)
