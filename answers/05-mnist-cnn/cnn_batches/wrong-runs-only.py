# points: 0
# trained: reference
# The networks are thrown away.
for size in (16, 64, 256):
    _, batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
