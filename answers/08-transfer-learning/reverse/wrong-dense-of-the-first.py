# points: 1.7
# The first network carried over to its own classes.
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(first_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
