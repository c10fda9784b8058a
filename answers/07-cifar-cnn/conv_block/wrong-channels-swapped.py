# points: 0
# Channels swapped.
self.layers = nn.Sequential(
    nn.Conv2d(out_channels, in_channels, kernel_size, padding=kernel_size // 2),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
