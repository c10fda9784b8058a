# points: 2
# Nothing is frozen but by what the optimizer gets.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(carried.dense.in_features, 5).to(DEVICE)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
