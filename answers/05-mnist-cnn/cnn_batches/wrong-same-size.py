# points: 0.75
# batch_size is not handed on, so all three are alike.
for size in (64, 65, 66):
    batch_networks[size], batch_runs[size] = experiment(f"same-{size}", "Adam", lr=0.001, dropout=0.4)
