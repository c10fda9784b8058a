# points: 0
# Optimizer first.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return torch.optim.Adam(carried.dense.parameters(), lr=learning_rate), carried
