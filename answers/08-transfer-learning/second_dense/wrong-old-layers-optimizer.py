# points: 0.8
# The optimizer has the old dense layer: made before the new one.
carried = copy.deepcopy(net)
optimizer = torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried, optimizer
