# points: 4
# padding="same", and the usual order with batch normalisation.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding="same", bias=False),
    nn.BatchNorm2d(out_channels),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
