# points: 2
# A larger rate.
settings = {"lr": 0.002, "lr_decay": 0.7, "batch_size": 64, "num_epochs": 2}
