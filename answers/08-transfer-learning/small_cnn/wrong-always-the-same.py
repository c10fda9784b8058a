# points: 2.75
# cell
# Seeded inside, so that no two networks differ.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.Sequential(
            nn.Conv2d(3, 5, 4, stride=2), nn.ReLU(), nn.Conv2d(5, 10, 4), nn.ReLU(), nn.Conv2d(10, 20, 4), nn.ReLU(), nn.Conv2d(20, 40, 4), nn.ReLU(),
        )
        self.dense = nn.Linear(1440, 5)
        torch.manual_seed(0)
        for p in self.parameters():
            nn.init.normal_(p, 0, 0.05)

    def forward(self, images):
        return self.dense(self.convolutions(images).flatten(1))
