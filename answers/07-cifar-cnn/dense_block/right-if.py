# points: 2
# The ReLU in the list if it is wanted.
relu = [] if last else [nn.ReLU()]
self.layers = nn.Sequential(nn.Dropout(dropout), nn.Linear(in_features, out_features), *relu)
