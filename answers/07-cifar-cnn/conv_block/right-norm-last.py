# points: 4
# Batch normalisation behind everything; padding by (k - 1) / 2.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=(kernel_size - 1) // 2),
    nn.MaxPool2d(kernel_size=2, stride=2),
    nn.ReLU(),
    nn.BatchNorm2d(out_channels),
)
