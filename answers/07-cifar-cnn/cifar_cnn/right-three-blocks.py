# points: 4
# Three convolutional and three dense blocks, the size tried out on zeros.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    self.conv = nn.Sequential(
        ConvBlock(inp_dim[0], 8), ConvBlock(8, 8), nn.Dropout2d(0.1), ConvBlock(8, 16)
    )
    with torch.no_grad():
        count = self.conv(torch.zeros(1, *inp_dim)).numel()
    self.dense = nn.Sequential(
        nn.Flatten(), DenseBlock(count, 24, 0.5), DenseBlock(24, 16), DenseBlock(16, out_dim, 0.5, True)
    )

def forward(self, x):
    return self.dense(self.conv(x))
