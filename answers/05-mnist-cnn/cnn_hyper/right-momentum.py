# points: 1
# Momentum, of which the network that is there already has none.
hyperparameter = "momentum"
other_networks[0], other_runs[0] = networks["SGD"], runs["SGD"]
for value in (0.5, 0.9):
    other_networks[value], other_runs[value] = experiment(f"momentum-{value}", "SGD", lr=0.1, dropout=0, momentum=value)
