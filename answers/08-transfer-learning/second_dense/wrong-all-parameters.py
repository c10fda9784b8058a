# points: 0.8
# All parameters given to the optimizer.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried, torch.optim.Adam(carried.parameters(), lr=learning_rate)
