# points: 0.85
# trained: reference
# One network is made anew after its training.
for size in (16, 64, 256):
    batch_networks[size], batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
torch.manual_seed(1)
batch_networks[64] = SmallCNN(channels=(8, 16), hidden=128)
