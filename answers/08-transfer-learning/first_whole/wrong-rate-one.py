# points: 0
# A learning rate of 1.
learning_rate = 1.0
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.parameters(), lr=learning_rate)
