# points: 1.9
# The learning rate that is given is not used.
carried = copy.deepcopy(net)
carried.dense = nn.Linear(1440, 5).to(DEVICE)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=0.002)
