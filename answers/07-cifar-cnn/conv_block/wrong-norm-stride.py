# points: 2.15
# Batch normalisation, and a convolution that halves.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, stride=2, padding=kernel_size // 2),
    nn.BatchNorm2d(out_channels),
    nn.ReLU(),
)
