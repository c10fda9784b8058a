# points: 0
# with: gray_network = wrong-softmax
# A network with a softmax at the end hardly learns in ten epochs.
seed_all(0)
network = DenseNetwork().to(DEVICE)
batches = DataLoader(train_set, batch_size=64, shuffle=True)
optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
epochs = 10
