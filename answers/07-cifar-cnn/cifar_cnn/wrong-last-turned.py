# points: 3.04
# The wrong dense block is said to be the last.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    c, h, w = inp_dim
    self.conv = nn.Sequential(ConvBlock(c, 8), ConvBlock(8, 16))
    self.hidden = DenseBlock(16 * (h // 4) * (w // 4), 20, last=True)
    self.out = DenseBlock(20, out_dim, last=False)

def forward(self, x):
    return self.out(self.hidden(self.conv(x).flatten(1)))
