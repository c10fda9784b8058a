# points: 2
# A new network, into which the convolutions are loaded.
carried = SmallCNN().to(DEVICE)
carried.convolutions.load_state_dict(net.convolutions.state_dict())
for parameter in carried.convolutions.parameters():
    parameter.requires_grad = False
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
