# points: 2
# A new network that gets the first one's convolutions.
second_net = SmallCNN().to(DEVICE)
second_net.convolutions.load_state_dict(first_net.convolutions.state_dict())
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(second_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
