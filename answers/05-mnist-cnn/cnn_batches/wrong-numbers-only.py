# points: 0
# trained: reference
# Accuracies in the place of runs.
for size in (16, 64, 256):
    batch_networks[size], batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
batch_runs = {k: r.last("val_accuracy") for k, r in batch_runs.items()}
