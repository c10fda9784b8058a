# points: 0
# 1.7 million parameters: no pooling before the dense layer.
return nn.Sequential(
    nn.Conv2d(1, 8, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
    nn.ReLU(),
    nn.Dropout(p),
    nn.Flatten(),
    nn.Linear(16 * 13 * 13, 620),
    nn.ReLU(),
    nn.Linear(620, 10),
)
