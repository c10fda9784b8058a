# points: 0.7
# trained: reference
# The slowest network under the name of the quickest, and the other way round.
hyperparameter = "lr"
for value in (0.0001, 0.001, 0.01):
    other_networks[value], other_runs[value] = experiment(f"adam-lr-{value}", "Adam", lr=value, dropout=0.4)
other_networks[0.0001], other_networks[0.01] = other_networks[0.01], other_networks[0.0001]
