# points: 1.5
# No padding.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
