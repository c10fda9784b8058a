# points: 0
# super().__init__() forgotten.
def __init__(self, inp_dim, out_dim):
    channels, height, width = inp_dim
    self.first = ConvBlock(channels, 8)
    self.second = ConvBlock(8, 16, 5)
    self.third = DenseBlock(16 * (height // 4) * (width // 4), 32)
    self.fourth = DenseBlock(32, out_dim, last=True)

def forward(self, x):
    x = self.second(self.first(x))
    return self.fourth(self.third(x.flatten(1)))
