# points: 5
# Two lists of parameters, the last layer first.
def __init__(self):
    super().__init__()
    sizes = [(64, 10), (128, 64), (256, 128), (1024, 256)]
    self.biases = nn.ParameterList(torch.zeros(b) for _, b in sizes)
    self.weights = nn.ParameterList(torch.randn(b, a) * (2 / a) ** 0.5 for a, b in sizes)

def forward(self, images):
    x = images.flatten(1)
    for k in (3, 2, 1):
        x = nn.functional.linear(x, self.weights[k], self.biases[k]).relu()
    return nn.functional.linear(x, self.weights[0], self.biases[0])
