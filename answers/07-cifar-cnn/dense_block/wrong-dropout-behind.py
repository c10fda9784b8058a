# points: 1.75
# Dropout behind the layer.
self.layers = nn.Sequential(nn.Linear(in_features, out_features), *([] if last else [nn.ReLU()]), nn.Dropout(dropout))
