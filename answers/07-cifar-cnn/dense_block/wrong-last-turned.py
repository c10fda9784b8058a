# points: 0.8
# ReLU in the last block only.
layers = [nn.Dropout(dropout), nn.Linear(in_features, out_features)]
if last:
    layers.append(nn.ReLU())
self.layers = nn.Sequential(*layers)
