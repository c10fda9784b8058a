# points: 3.5
# Momentum 0.9.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
epochs = 6
