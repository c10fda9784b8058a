# points: 1
# A sigmoid in the place of ReLU.
layers = [nn.Dropout(dropout), nn.Linear(in_features, out_features)]
if not last:
    layers.append(nn.Sigmoid())
self.layers = nn.Sequential(*layers)
