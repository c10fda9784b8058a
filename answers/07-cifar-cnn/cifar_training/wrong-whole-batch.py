# points: 0
# One step an epoch.
settings = {"lr": 0.001, "lr_decay": 1.0, "batch_size": 4500, "num_epochs": 1}
