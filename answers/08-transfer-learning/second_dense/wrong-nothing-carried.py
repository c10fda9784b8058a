# points: 0.7
# A new network, into which nothing is carried.
carried = SmallCNN().to(DEVICE)
return carried, torch.optim.Adam(carried.dense.parameters(), lr=learning_rate)
