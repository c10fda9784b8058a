# points: 2
# Smaller batches.
settings = {"lr": 0.001, "lr_decay": 0.8, "batch_size": 32, "num_epochs": 2}
