# points: 3
# A convolution of size 1 with fixed weights.
weights = torch.tensor([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)
return nn.functional.conv2d(images, weights)
