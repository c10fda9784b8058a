# points: 0.25
# One convolution is not deep.
return nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(p),
    nn.Linear(288, 10),
)
