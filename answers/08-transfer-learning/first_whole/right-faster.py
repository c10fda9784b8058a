# points: 1.5
# A learning rate half as large again.
learning_rate = 0.003
first_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(first_net.parameters(), lr=learning_rate)
