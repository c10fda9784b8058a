# points: 2.15
# The convolution makes it smaller, and there is no pooling.
self.layers = nn.Sequential(
    nn.Conv2d(in_channels, out_channels, kernel_size, stride=2, padding=kernel_size // 2),
    nn.ReLU(),
)
