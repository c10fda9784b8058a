# points: 0.3
# Small and quick: a stride in the place of the first pooling.
return nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Conv2d(8, 16, 3),
    nn.BatchNorm2d(16),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Dropout(p),
    nn.Flatten(),
    nn.Linear(16 * 5 * 5, 10),
)
