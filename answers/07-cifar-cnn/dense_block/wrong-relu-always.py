# points: 1.5
# ReLU in the last block, too.
self.layers = nn.Sequential(nn.Dropout(dropout), nn.Linear(in_features, out_features), nn.ReLU())
