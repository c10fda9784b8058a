# points: 4
# Arguments by place, and zero momentum written down.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, 64, True)
optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.0)
epochs = 28
