# points: 4
# Batch normalisation behind the ReLU, and dropout.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2),
    nn.ReLU(),
    nn.BatchNorm2d(out_channels),
    nn.MaxPool2d(2),
    nn.Dropout(0.2),
)
