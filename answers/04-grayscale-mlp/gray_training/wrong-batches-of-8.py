# points: 3.5
# Batches of 8.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=8, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
epochs = 6
