# points: 0
# cell
# Nothing was written.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, images):
        pass
