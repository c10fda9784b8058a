# points: 0.75
# trained: reference
# A word that experiment does not know.
hyperparameter = "learning rate"
for value in (0.0001, 0.001, 0.01):
    other_networks[value], other_runs[value] = experiment(f"adam-lr-{value}", "Adam", lr=value, dropout=0.4)
