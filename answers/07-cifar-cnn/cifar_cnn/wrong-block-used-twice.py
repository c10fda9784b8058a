# points: 2.4
# forward goes through the hidden block twice.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    c, h, w = inp_dim
    self.conv = nn.Sequential(ConvBlock(c, 8), ConvBlock(8, 16))
    self.first = DenseBlock(16 * (h // 4) * (w // 4), 20)
    self.second = DenseBlock(20, 20)
    self.out = DenseBlock(20, out_dim, last=True)

def forward(self, x):
    x = self.first(self.conv(x).flatten(1))
    return self.out(self.second(self.second(x)))
