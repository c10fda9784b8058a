# points: 1.7
# Carried over, but all of it learns.
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, _ = new_task(second_net, learning_rate)
first_dense_net.requires_grad_(True)
optimizer = torch.optim.Adam(first_dense_net.parameters(), lr=learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
