# points: 0.3
# Blocks within the Sequential, and dropout of whole channels.
def block(a, b):
    return nn.Sequential(nn.Conv2d(a, b, 3), nn.BatchNorm2d(b), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout2d(p))

model = nn.Sequential(block(1, 16), block(16, 32))
model.append(nn.Flatten())
model.append(nn.Linear(32 * 5 * 5, 10))
return model
