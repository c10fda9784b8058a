# points: 1.76
# The old dense layer goes on learning.
carried = copy.deepcopy(net)
carried.convolutions.requires_grad_(False)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
