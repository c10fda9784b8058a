# points: 2.9
# No ReLU at all.
def __init__(self):
    super().__init__()
    self.layers = nn.Sequential(
        nn.Flatten(),
        nn.Linear(1024, 256),
        nn.Linear(256, 128),
        nn.Linear(128, 64),
        nn.Linear(64, 10),
    )

def forward(self, images):
    return self.layers(images)
