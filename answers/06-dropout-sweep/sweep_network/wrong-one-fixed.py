# points: 0.15
# One dropout has p, another one a half.
return nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.Dropout(0.5),
    nn.Conv2d(8, 16, 3),
    nn.BatchNorm2d(16),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Dropout(p),
    nn.Flatten(),
    nn.Linear(16 * 5 * 5, 10),
)
