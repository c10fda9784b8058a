# points: 3.04
# A sigmoid at the end.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    c, h, w = inp_dim
    self.conv = nn.Sequential(ConvBlock(c, 8), ConvBlock(8, 16))
    self.dense = nn.Sequential(
        DenseBlock(16 * (h // 4) * (w // 4), 20), DenseBlock(20, out_dim, last=True)
    )

def forward(self, x):
    return torch.sigmoid(self.dense(self.conv(x).flatten(1)))
