# points: 1.5
# Two convolutions in a block.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2),
    nn.ReLU(),
    nn.Conv2d(out_channels, out_channels, kernel_size, padding=kernel_size // 2),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
