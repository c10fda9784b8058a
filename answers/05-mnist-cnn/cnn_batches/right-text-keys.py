# points: 1
# trained: reference
# Keys as text.
for size in (16, 64, 256):
    batch_networks[str(size)], batch_runs[str(size)] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
