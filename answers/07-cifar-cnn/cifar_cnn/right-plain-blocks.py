# points: 4
# with: conv_block = right-plain
# Blocks without batch normalisation.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    c, h, w = inp_dim
    for _ in range(2):
        h, w = out_size(h, 2, 0, 2), out_size(w, 2, 0, 2)
    self.blocks = nn.ModuleList([ConvBlock(c, 6), ConvBlock(6, 12)])
    self.hidden = DenseBlock(12 * h * w, 20)
    self.out = DenseBlock(20, out_dim, last=True)

def forward(self, x):
    for block in self.blocks:
        x = block(x)
    return self.out(self.hidden(x.view(x.shape[0], -1)))
