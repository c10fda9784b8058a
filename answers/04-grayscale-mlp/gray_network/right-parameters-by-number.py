# points: 5
# Parameters of its own, weight1 to weight4 and bias1 to bias4.
def __init__(self):
    super().__init__()
    for k, (a, b) in enumerate([(1024, 256), (256, 128), (128, 64), (64, 10)], 1):
        setattr(self, f"weight{k}", nn.Parameter(torch.randn(b, a) * (2 / a) ** 0.5))
        setattr(self, f"bias{k}", nn.Parameter(torch.zeros(b)))

def forward(self, images):
    x = images.flatten(1)
    for k in (1, 2, 3):
        x = torch.relu(x @ getattr(self, f"weight{k}").T + getattr(self, f"bias{k}"))
    return x @ self.weight4.T + self.bias4
