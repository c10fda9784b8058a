# points: 0.75
# The batch size once more.
hyperparameter = "batch_size"
other_networks, other_runs = batch_networks, batch_runs
