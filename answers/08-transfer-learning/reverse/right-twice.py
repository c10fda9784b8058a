# points: 3
# trained: reference
# Run twice: the second time it is loaded.
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(second_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(second_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
