# points: 0
# Only the dense layer given to the optimizer.
learning_rate = 0.0002
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.dense.parameters(), lr=learning_rate)
