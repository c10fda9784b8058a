# points: 0
# super().__init__() is forgotten.
def __init__(self):
    self.layers = nn.Sequential(nn.Flatten(), nn.Linear(1024, 10))

def forward(self, images):
    return self.layers(images)
