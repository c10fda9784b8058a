# points: 0.3
# Without dropout there is no dropout layer, so the names of the layers behind it move.
layers = [
    nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(),
]
if p > 0:
    layers.append(nn.Dropout(p))
return nn.Sequential(*layers, nn.Linear(400, 10))
