# points: 0.85
# SGD without dropout.
for size in (16, 64, 256):
    batch_networks[size], batch_runs[size] = experiment(f"sgd-of-{size}", "SGD", lr=0.1, dropout=0, batch_size=size)
