# points: 1
# The number of hidden units.
hyperparameter = "hidden"
for value in (16, 128, 512):
    other_networks[value], other_runs[value] = experiment(f"hidden-{value}", "Adam", lr=0.001, dropout=0.4, hidden=value)
