# points: 3
# Batch normalisation, but no ReLU.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2),
    nn.BatchNorm2d(out_channels),
    nn.MaxPool2d(2),
)
