# points: 3
# Starts with the weights that the first network had before its training.
second_net = copy.deepcopy(before["first-whole"])
optimizer = torch.optim.Adam(second_net.parameters(), lr=learning_rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(second_net, learning_rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
