# points: 1.7
# The old dense layer goes on learning.
carried = copy.deepcopy(net)
carried.convolutions.requires_grad_(False)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
