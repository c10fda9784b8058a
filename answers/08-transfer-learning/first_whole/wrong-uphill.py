# points: 0
# Uphill.
learning_rate = 0.002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.parameters(), lr=learning_rate, maximize=True)
