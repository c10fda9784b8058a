# points: 1
# trained: reference
# One of them is there already.
batch_networks[64], batch_runs[64] = networks["Adam + dropout"], runs["Adam + dropout"]
for size in (16, 256):
    batch_networks[size], batch_runs[size] = experiment(f"batches-of-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
