# points: 0
# with: data_feed = wrong-blank
# A script that is not written yet.
settings = {"lr": 0.001, "lr_decay": 0.8, "batch_size": 64, "num_epochs": 2}
