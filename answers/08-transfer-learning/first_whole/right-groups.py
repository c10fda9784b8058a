# points: 1.5
# Two groups of parameters.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam([{"params": first_net.convolutions.parameters()}, {"params": first_net.dense.parameters()}], lr=learning_rate)
