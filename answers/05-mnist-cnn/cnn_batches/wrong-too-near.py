# points: 0.85
# Sizes that are hardly different.
for size in (63, 64, 65):
    batch_networks[size], batch_runs[size] = experiment(f"near-{size}", "Adam", lr=0.001, dropout=0.4, batch_size=size)
