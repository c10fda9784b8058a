# points: 1
# trained: reference
# From large to small.
for size in (256, 64, 16):
    batch_networks[size], batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
