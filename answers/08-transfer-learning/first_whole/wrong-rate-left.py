# points: 0
# The learning rate was left as it was.
learning_rate = 0.00001
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.parameters(), lr=learning_rate)
