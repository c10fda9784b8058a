# points: 0
# A learning rate of 0.001, at which six epochs teach it nothing.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.001)
epochs = 6
