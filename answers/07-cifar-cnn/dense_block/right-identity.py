# points: 2
# Identity in the place of the ReLU.
self.layers = nn.Sequential(
    nn.Dropout(p=dropout),
    nn.Linear(in_features, out_features),
    nn.Identity() if last else nn.ReLU(),
)
