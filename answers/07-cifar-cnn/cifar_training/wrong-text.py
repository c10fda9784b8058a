# points: 0
# Text for a number.
settings = {"lr": "0.001", "lr_decay": 0.8, "batch_size": 64, "num_epochs": 2}
