# points: 4
# The last small batch is left out.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True, drop_last=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
epochs = 26
