# points: 2.4
# A block that forward leaves out.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    channels, height, width = inp_dim
    self.first = ConvBlock(channels, 8)
    self.second = ConvBlock(8, 16, 5)
    self.third = DenseBlock(8 * (height // 2) * (width // 2), 32)
    self.fourth = DenseBlock(32, out_dim, last=True)

def forward(self, x):
    x = self.first(x)
    return self.fourth(self.third(x.flatten(1)))
