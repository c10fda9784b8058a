# points: 1.75
# No dropout in the last block.
if last:
    self.layers = nn.Sequential(nn.Linear(in_features, out_features))
else:
    self.layers = nn.Sequential(
        nn.Dropout(dropout), nn.Linear(in_features, out_features), nn.ReLU()
    )
