# points: 0
# Everything is frozen, so that backward fails.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
carried.requires_grad_(False)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
