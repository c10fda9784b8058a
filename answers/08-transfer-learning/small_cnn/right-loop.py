# points: 3
# cell
# The layers made in a loop.
class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for wanted in (5, 10, 20, 40):
            layers += [nn.Conv2d(channels, wanted, 4, stride=2 if channels == 3 else 1), nn.ReLU()]
            channels = wanted
        self.convolutions = nn.Sequential(*layers)
        self.dense = nn.Linear(channels * 36, 5)

    def forward(self, images):
        return self.dense(torch.flatten(self.convolutions(images), 1))
