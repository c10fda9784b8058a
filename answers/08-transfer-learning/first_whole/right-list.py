# points: 1.5
# The parameters as a list.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(list(first_net.parameters()), lr=learning_rate)
