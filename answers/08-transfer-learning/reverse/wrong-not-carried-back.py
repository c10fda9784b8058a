# points: 1.7
# trained: reference
# The second part is missing.
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
