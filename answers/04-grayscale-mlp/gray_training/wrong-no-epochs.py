# points: 0
# No epochs at all.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
epochs = 0
