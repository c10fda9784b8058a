# points: 4
# Batch normalisation in front of the convolution.
self.layers = nn.Sequential(
    nn.BatchNorm2d(in_channels),
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
