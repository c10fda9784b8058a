# points: 2.75
# cell
# Other names for the two parts.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 5, 4, stride=2), nn.ReLU(), nn.Conv2d(5, 10, 4), nn.ReLU(), nn.Conv2d(10, 20, 4), nn.ReLU(), nn.Conv2d(20, 40, 4), nn.ReLU(),
        )
        self.fc = nn.Linear(1440, 5)

    def forward(self, images):
        return self.fc(self.features(images).flatten(1))
