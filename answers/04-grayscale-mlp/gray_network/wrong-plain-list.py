# points: 0
# A Python list of layers, which torch does not see.
def __init__(self):
    super().__init__()
    self.layers = [nn.Linear(1024, 256), nn.Linear(256, 128), nn.Linear(128, 64), nn.Linear(64, 10)]

def forward(self, images):
    x = images.flatten(1)
    for layer in self.layers[:-1]:
        x = torch.relu(layer(x))
    return self.layers[-1](x)
