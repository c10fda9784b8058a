# points: 2.7
# cell
# The second ReLU is missing.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(3, 5, 4, stride=2),
            nn.ReLU(),
            nn.Conv2d(5, 10, 4),
            nn.Identity(),
            nn.Conv2d(10, 20, 4),
            nn.ReLU(),
            nn.Conv2d(20, 40, 4),
            nn.ReLU(),
        )
        self.dense = nn.Linear(40 * 6 * 6, 5)

    def forward(self, images):
        return self.dense(self.convolutions(images).flatten(1))
