# points: 0
# Features swapped.
self.layers = nn.Sequential(nn.Dropout(dropout), nn.Linear(out_features, in_features), nn.ReLU())
