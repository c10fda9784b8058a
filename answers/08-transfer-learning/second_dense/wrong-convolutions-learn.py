# points: 0.4
# The convolutions learn, and not the dense layer.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried, torch.optim.Adam(carried.convolutions.parameters(), lr=learning_rate)
