# points: 4
# A few epochs fewer.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
epochs = 25
