# points: 2
# No decay.
settings = {"lr": 0.001, "lr_decay": 1.0, "batch_size": 64, "num_epochs": 2}
