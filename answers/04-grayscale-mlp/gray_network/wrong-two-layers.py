# points: 2.47
# The layer of 128 units is left out: 2 of 8 arrays are missing, and one is new.
def __init__(self):
    super().__init__()
    self.layers = nn.Sequential(
        nn.Flatten(),
        nn.Linear(1024, 256),
        nn.ReLU(),
        nn.Linear(256, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )

def forward(self, images):
    return self.layers(images)
