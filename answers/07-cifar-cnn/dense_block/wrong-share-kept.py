# points: 1.65
# dropout is taken for the share that is kept.
layers = [nn.Dropout(1 - dropout), nn.Linear(in_features, out_features)]
if not last:
    layers.append(nn.ReLU())
self.layers = nn.Sequential(*layers)
