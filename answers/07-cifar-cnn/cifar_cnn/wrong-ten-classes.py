# points: 3.16
# Ten classes and three channels, whatever is asked for.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    channels, height, width = inp_dim
    self.first = ConvBlock(3, 8)
    self.second = ConvBlock(8, 16, 5)
    self.third = DenseBlock(16 * (height // 4) * (width // 4), 32)
    self.fourth = DenseBlock(32, 10, last=True)

def forward(self, x):
    x = self.second(self.first(x))
    return self.fourth(self.third(x.flatten(1)))
