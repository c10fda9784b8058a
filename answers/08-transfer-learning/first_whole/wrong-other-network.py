# points: 0
# An optimizer of another network's parameters.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(SmallCNN().parameters(), lr=learning_rate)
