# points: 0.3
# Without batch normalisation, with padding.
return nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Dropout(p),
    nn.Linear(784, 64),
    nn.ReLU(),
    nn.Dropout(p),
    nn.Linear(64, 10),
)
