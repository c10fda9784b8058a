# points: 3
# Adam with 0.001.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
epochs = 8
