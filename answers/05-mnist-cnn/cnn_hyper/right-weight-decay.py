# points: 1
# Weight decay, one of the three 0.
hyperparameter = "weight_decay"
for value in (0, 0.001, 0.1):
    other_networks[value], other_runs[value] = experiment(f"decay-{value}", "Adam", lr=0.001, dropout=0.4, weight_decay=value)
