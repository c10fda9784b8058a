# points: 0.85
# The learning rate is changed along.
for size in (32, 64, 256):
    batch_networks[size], batch_runs[size] = experiment(f"rates-of-{size}", "Adam", lr=size / 64000, dropout=0.4, batch_size=size)
