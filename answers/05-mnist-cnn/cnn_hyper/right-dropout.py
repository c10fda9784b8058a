# points: 1
# The dropout probability.
hyperparameter = "dropout"
for value in (0, 0.4, 0.8):
    other_networks[value], other_runs[value] = experiment(f"adam-p-{value}", "Adam", lr=0.001, dropout=value)
