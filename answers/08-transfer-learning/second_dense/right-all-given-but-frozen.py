# points: 2
# All parameters are given, but the frozen ones have no gradients.
carried = copy.deepcopy(net)
carried.convolutions.requires_grad_(False)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried, torch.optim.Adam(carried.parameters(), lr=learning_rate)
