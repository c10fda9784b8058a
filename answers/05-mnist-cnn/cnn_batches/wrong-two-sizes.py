# points: 0.5
# trained: reference
# Two batch sizes.
for size in (16, 256):
    batch_networks[size], batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
