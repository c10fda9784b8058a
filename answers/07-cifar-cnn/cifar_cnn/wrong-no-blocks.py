# points: 3.8
# torch's own layers in the place of blocks.
def __init__(self, inp_dim, out_dim):
    super().__init__()
    c, h, w = inp_dim
    self.layers = nn.Sequential(
        nn.Conv2d(c, 8, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * (h // 4) * (w // 4), 20),
        nn.ReLU(),
        nn.Linear(20, out_dim),
    )

def forward(self, x):
    return self.layers(x)
