# points: 0
# A setting left out.
settings = {"lr": 0.001, "lr_decay": 0.8, "num_epochs": 2}
