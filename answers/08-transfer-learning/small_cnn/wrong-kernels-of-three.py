# points: 1.0
# cell
# Kernels of 3×3.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(3, 5, 3, stride=2), nn.ReLU(), nn.Conv2d(5, 10, 3), nn.ReLU(), nn.Conv2d(10, 20, 3), nn.ReLU(), nn.Conv2d(20, 40, 3), nn.ReLU(),
        )
        self.dense = nn.Linear(40 * 9 * 9, 5)

    def forward(self, images):
        return self.dense(self.convolutions(images).flatten(1))
