# points: 1
# trained: reference
# The learning rate.
hyperparameter = "lr"
for value in (0.0001, 0.001, 0.01):
    other_networks[value], other_runs[value] = experiment(f"adam-lr-{value}", "Adam", lr=value, dropout=0.4)
