# points: 0.85
# The dropout probability is changed along.
hyperparameter = "lr"
for value in (0.0001, 0.001, 0.01):
    other_networks[value], other_runs[value] = experiment(f"two-{value}", "Adam", lr=value, dropout=0.4 if value < 0.01 else 0)
