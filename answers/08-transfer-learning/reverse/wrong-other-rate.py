# points: 1.8
# A learning rate far too small for both.
rate = 0.000001
second_net = SmallCNN().to(DEVICE)
optimizer = torch.optim.Adam(second_net.parameters(), lr=rate)
second_run = learn("second-whole", second_net, optimizer, "second")
first_dense_net, optimizer = new_task(second_net, rate)
first_dense_run = learn("first-dense", first_dense_net, optimizer, "first")
