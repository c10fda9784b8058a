# points: 1.8
# The tasks swapped.
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "first")
first_dense_net, optimizer = new_task(second_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "second")
