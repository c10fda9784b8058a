# points: 0.25
# An activation that is not on the list.
return nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2),
    nn.BatchNorm2d(8),
    nn.GELU(),
    nn.Conv2d(8, 16, 3),
    nn.BatchNorm2d(16),
    nn.GELU(),
    nn.MaxPool2d(2),
    nn.Dropout(p),
    nn.Flatten(),
    nn.Linear(16 * 5 * 5, 10),
)
