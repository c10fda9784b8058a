# points: 0.25
# A softmax over the images of the batch.
return nn.Sequential(
    nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Dropout(p), nn.Linear(400, 10), nn.Softmax(dim=0),
)
