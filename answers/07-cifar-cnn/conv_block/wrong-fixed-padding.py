# points: 3.1
# Padding for a kernel of 3 only.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
)
