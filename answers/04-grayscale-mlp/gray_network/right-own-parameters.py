# points: 5
# Linear maps from parameters, and the largest of x and 0.
def __init__(self):
    super().__init__()
    self.a, self.b, self.c = nn.Linear(1024, 256), nn.Linear(256, 128), nn.Linear(128, 64)
    self.d = nn.Linear(64, 10)

def forward(self, images):
    x = images.reshape(-1, 1024)
    for layer in (self.a, self.b, self.c):
        x = layer(x).clamp(min=0)
    return self.d(x)
