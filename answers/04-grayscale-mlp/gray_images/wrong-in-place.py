# points: 2.7
# Right, but it writes into the images.
images[:, 0] *= 0.299
images[:, 1] *= 0.587
images[:, 2] *= 0.114
return images.sum(dim=1, keepdim=True)
