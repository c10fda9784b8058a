# points: 0
# The optimizer has another network's parameters.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(DenseNetwork().parameters(), lr=0.01)
epochs = 2
