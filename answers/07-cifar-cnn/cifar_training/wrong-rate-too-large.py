# points: 0
# A rate of 10.
settings = {"lr": 10.0, "lr_decay": 1.0, "batch_size": 256, "num_epochs": 1}
