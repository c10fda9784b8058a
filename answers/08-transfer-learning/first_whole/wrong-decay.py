# points: 0
# So much weight decay that nothing is left.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.parameters(), lr=learning_rate, weight_decay=10.0)
