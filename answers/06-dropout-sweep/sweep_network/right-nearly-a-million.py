# points: 0.3
# 985,354 parameters.
return nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(32, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(1600, 600),
    nn.ReLU(),
    nn.Dropout(p),
    nn.Linear(600, 10),
)
